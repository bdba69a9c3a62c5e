"""The installed cities, loaded once in a test process: what they answer hangs on what they are asked alone."""

from functools import cache

from plugins.manager import Cities


@cache
def cities_of(*codes: str) -> Cities:
    """Return the cities of these codes, or all, which nobody may keep apart in processes of their own."""
    return Cities.installed(only=codes or None)
