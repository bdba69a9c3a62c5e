"""Finds the page that a form stood on, so that whoever could not send it gets back there."""

from urllib.parse import SplitResult, quote, unquote, urlsplit

from flask import current_app, request


def page_of_form() -> str | None:
    """Return the address of that page; None where the browser does not say, or it is no page of this city."""
    said = _split(request.referrer or "")
    if said.netloc == request.host and _is_page(unquote(said.path)):
        return said.path + (f"?{said.query}" if said.query else "")
    here = request.script_root + request.path
    return quote(here) if _is_page(here) else None


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # no address at all: nobody but a program sends one
        return urlsplit("")


def _is_page(path: str) -> bool:
    root, adapter = request.script_root, current_app.create_url_adapter(request)
    is_inside = path.startswith(root + "/") and "//" not in path and "\\" not in path and path.isprintable()
    return is_inside and adapter is not None and adapter.test(path.removeprefix(root), "GET")
