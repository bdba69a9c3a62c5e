"""Hypothesis for the cities' property tests: the same examples every time, no deadline on a busy machine."""

from hypothesis import settings

settings.register_profile("cities", deadline=None, derandomize=True)
settings.load_profile("cities")
