"""What pages ask about the filling of posts."""
