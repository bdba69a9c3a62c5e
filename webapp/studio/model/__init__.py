"""The diagram editor."""
