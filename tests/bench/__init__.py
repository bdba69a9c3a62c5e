"""Measures Alur beside its nearest peers: `python -m tests.bench` prints JSON."""
