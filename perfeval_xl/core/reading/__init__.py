"""读指标值: what people really type into target and actual cells, understood by general rules."""
