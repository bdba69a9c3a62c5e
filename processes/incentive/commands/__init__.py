"""Changes of what allowances are computed from."""
