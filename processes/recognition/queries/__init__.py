"""What the pages of recognition show: plain functions with frozen answers."""
