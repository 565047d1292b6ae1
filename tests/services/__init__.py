"""Laws of what people may do."""
