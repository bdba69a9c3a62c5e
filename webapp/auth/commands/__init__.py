"""Changes to accounts, one file each."""
