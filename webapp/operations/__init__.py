"""Operating a city's processes: what is stuck and why, and cases that somebody mends by hand."""
