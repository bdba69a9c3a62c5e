"""What the pages of selections show."""
