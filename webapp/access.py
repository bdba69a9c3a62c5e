"""Marks the few views that people may open before they have signed in; everything else is behind the sign-in."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a view to everybody in the city."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def without_city(view: View) -> View:
    """Open a view to everybody, also where the address names no city."""
    view.is_without_city = True  # type: ignore[attr-defined]
    return public(view)


def is_public(view: Callable[..., Any] | None) -> bool:
    """Say whether a view is open before the sign-in."""
    return bool(getattr(view, "is_public", False))


def is_without_city(view: Callable[..., Any] | None) -> bool:
    """Say whether a view answers without a city."""
    return bool(getattr(view, "is_without_city", False))
