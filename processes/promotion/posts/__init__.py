"""Posts: which there are, who holds them, how many people they need, and what they ask of people."""
