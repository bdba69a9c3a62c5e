"""What the engine can be asked to change, one command a file."""
