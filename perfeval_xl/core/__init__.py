"""纯计算: values in, values out; no file, no clock, no Excel."""
