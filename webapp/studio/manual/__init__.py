"""The printed manual of a process."""
