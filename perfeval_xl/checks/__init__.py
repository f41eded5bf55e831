"""审核规则: each check looks for one kind of defect and says where, why and how to mend it."""
