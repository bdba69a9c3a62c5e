"""Comparing versions of a process, and merging one into a design."""
