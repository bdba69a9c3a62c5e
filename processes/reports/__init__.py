"""Reports: what several rooms know together, read only; groups of few people are never shown."""
