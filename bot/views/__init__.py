"""What people see: Block Kit from values, one module a noun."""
