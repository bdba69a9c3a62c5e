"""Changes that follow from appointments, one file each."""
