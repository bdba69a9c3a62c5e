"""How the cases of a process go: where they pass, where they wait, what comes back, and logs for other programs."""
