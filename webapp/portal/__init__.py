"""Pages for everybody, without signing in: the open selections of a city."""
