"""Changes that begin the filling of a post, one file each."""
