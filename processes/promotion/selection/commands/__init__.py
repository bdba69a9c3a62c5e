"""Changes around a selection that are no steps of its case."""
