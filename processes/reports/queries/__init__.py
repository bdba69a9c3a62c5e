"""What reports show: plain functions with frozen answers, each with a constant number of statements."""
