"""报送件: the macro-free copy that is mailed upward, its record, and the receiver's verification."""
