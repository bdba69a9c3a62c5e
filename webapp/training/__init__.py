"""Pages of training: the catalogue, development plans, the need, rankings, letters, and who gets nominated."""
