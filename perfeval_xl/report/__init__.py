"""报告: the 自评报告 as text, its statements held against its own numbers and the table; report drafts."""
