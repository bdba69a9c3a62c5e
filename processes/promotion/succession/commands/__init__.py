"""Changes of succession lists, one file each."""
