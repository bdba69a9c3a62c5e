"""Administering a city: who holds which role."""
