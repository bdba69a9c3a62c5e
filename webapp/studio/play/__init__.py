"""Play: a design is tried out by the real engine, and what was tried is kept as a scenario."""
