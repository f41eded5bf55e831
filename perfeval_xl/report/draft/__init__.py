"""报告初稿: the 自评报告 written from the table; what only the office knows stays a marked gap."""
