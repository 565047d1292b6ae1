"""What people ask: read-only answers from the store. Charts draw them."""
