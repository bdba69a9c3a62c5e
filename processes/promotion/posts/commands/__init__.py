"""Changes of what is recorded about posts, one file each."""
