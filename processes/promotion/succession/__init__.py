"""Succession: who could follow in a key post, as a list with versions that the appointing authority approves."""
