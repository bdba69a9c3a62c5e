"""Marks the views that are not simply behind the sign-in: for everybody, for guests too, those that keep late forms."""

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


def for_guests(view: View) -> View:
    """Open a view behind the sign-in to guests as well; what they may do there, the rule table says."""
    view.is_for_guests = True  # type: ignore[attr-defined]
    return view


def keeps_late_forms(keep: Callable[..., Any]) -> Callable[[View], View]:
    """Let `keep(owner, **arguments)` have a form that arrives after its session ended, instead of losing it.

    :param keep: returns None when it kept what was typed, else the page that says why not.
    """

    def mark(view: View) -> View:
        view.keep_late = keep  # type: ignore[attr-defined]
        return view

    return mark


def is_public(view: Callable[..., Any] | None) -> bool:
    """Say whether a view is open before the sign-in."""
    return bool(getattr(view, "is_public", False))


def is_for_guests(view: Callable[..., Any] | None) -> bool:
    """Say whether a view answers somebody from outside who has signed in."""
    return is_public(view) or bool(getattr(view, "is_for_guests", False))


def is_without_city(view: Callable[..., Any] | None) -> bool:
    """Say whether a view answers without a city."""
    return bool(getattr(view, "is_without_city", False))
