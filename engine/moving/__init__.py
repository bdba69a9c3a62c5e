"""Moves running cases to another release of their process, many at a time, and back."""
