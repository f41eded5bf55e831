"""评分办法: official scoring rules as data with provenance, and their loader."""
