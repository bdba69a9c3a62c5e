"""Which page of a list the address asks for, and the ways to the first and the next one."""

from collections.abc import Callable
from typing import Any, Final

from flask import request, url_for

from processes.recognition.queries.pages import Paged

#: Further than this nobody turns pages.
_LAST_PAGE: Final = 10_000


def asked_page(name: str) -> int:
    """Return which page of a list the address asks for; the first one where it names none."""
    return min(max(request.args.get(name, 1, type=int), 1), _LAST_PAGE)


def turning_of(endpoint: str, name: str = "halaman", **values: Any) -> Callable[[Paged[Any]], tuple[str, str]]:
    """Return what gives the ways to the first and the next page of a list; empty where there is none."""

    def turn(found: Paged[Any]) -> tuple[str, str]:
        further: dict[str, Any] = {**values, name: found.page + 1}
        first = url_for(endpoint, **values) if found.page > 1 else ""
        return first, url_for(endpoint, **further) if found.has_more else ""

    return turn
