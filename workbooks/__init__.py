"""工作簿的来源: forms, cases and VBA as text, and what ``perfeval-xl build`` makes of them."""
