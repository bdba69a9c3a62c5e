"""Who may do what: actors, predicates and the one table that joins them."""
