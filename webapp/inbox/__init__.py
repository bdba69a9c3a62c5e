"""The pages where staff work: what waits for them, each task with its form, and what they have been told."""
