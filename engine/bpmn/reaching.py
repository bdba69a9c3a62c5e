"""What can be reached along arrows that are given by names."""

from collections.abc import Collection, Mapping


def reached_from(arrows: Mapping[str, Collection[str]], first: str) -> set[str]:
    """Return what one leads to, directly or through others; itself only if a way leads back."""
    waiting, found = list(arrows[first]), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += arrows[name]
    return found
