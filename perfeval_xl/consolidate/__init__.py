"""汇总: a folder of received files into one summary: who sent what, what is in it, what is wrong with it."""
