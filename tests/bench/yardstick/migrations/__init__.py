"""The database steps of the yardstick: Django wants one even for a model without a table."""
