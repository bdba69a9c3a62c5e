"""What a process would do with the cases of a year: simulated over its diagram, from figures and assumptions."""
