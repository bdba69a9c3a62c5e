"""Employees, posts, units and what every process reads about them."""
