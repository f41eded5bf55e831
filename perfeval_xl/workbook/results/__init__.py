"""校验结果: findings and explanations in a sheet of our own, put into someone else's workbook."""
