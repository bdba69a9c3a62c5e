"""The changes that people make to recognition, one file each."""
