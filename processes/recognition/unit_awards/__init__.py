"""An award for a whole unit: what its case knows, who has an interest in it, and what proves it."""
