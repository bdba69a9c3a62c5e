"""The page of a case: its diagram, the same as text, what happened, and where it stands."""
