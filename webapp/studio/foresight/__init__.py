"""What a design would do with the cases of the last months: measured, supposed, and simulated."""
