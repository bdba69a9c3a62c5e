"""Open selection for high leadership posts (JPT): what is kept, who may do what, and what its steps do."""
