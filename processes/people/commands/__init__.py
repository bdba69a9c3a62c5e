"""What can be changed about people and their organisation, one command a file."""
