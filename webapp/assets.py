"""Serves the built scripts, styles, fonts, icons and colours: named by their content, so that a browser keeps them."""

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from webapp.access import without_city
from webapp.colours import sheet_named
from webapp.current import current_alur

DIST = Path(__file__).parent / "static" / "dist"
PREFIX = "aset"
FOR_EVER = "public, max-age=31536000, immutable"
ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"
ENCODINGS = {"br": ".br", "gzip": ".gz"}

blueprint = Blueprint("assets", __name__)


@cache
def manifest() -> dict[str, str]:
    """Return the built name by plain name; empty where the front end was not built (`ALUR_ASSETS=skip`)."""
    path = DIST / "manifest.json"
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def asset(name: str) -> str:
    """Return the address of a built file by its plain name, the same for all cities."""
    return f"{request.environ.get('alur.root', '')}/{PREFIX}/{manifest().get(name, name)}"


def colour_sheet(name: str) -> str:
    """Return the address of a city's colours, the same from all cities."""
    return f"{request.environ.get('alur.root', '')}/{PREFIX}/{name}"


@blueprint.get(f"/{PREFIX}/<name>")
@without_city
def serve(name: str) -> Response:
    """Serve a built file, compressed where the browser takes it, or the colours of a city."""
    if name not in manifest().values():
        return _colours(name)
    encoding = request.accept_encodings.best_match([*ENCODINGS, "identity"], default="identity")
    twin = name + ENCODINGS.get(encoding, "")
    is_compressed = twin != name and (DIST / twin).is_file()
    mimetype = "text/javascript" if name.endswith(".js") else None
    file = twin if is_compressed else name
    response = send_from_directory(DIST, file, mimetype=mimetype or _mimetype(name), download_name=name)
    if is_compressed:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/favicon.ico")
@without_city
def lead_to_icon() -> AnyResponse:
    """Lead a browser that asks at the old place on to the icon."""
    if "favicon.svg" not in manifest():
        raise NotFound
    return redirect(asset("favicon.svg"))


@blueprint.get("/robots.txt")
@without_city
def tell_robots() -> Response:
    """Let search engines show where people sign in, and nothing else."""
    return Response(ROBOTS, mimetype="text/plain")


def _colours(name: str) -> Response:
    sheet = sheet_named(current_alur(), name)
    if sheet is None:
        raise NotFound
    return Response(sheet, mimetype="text/css", headers={"Cache-Control": FOR_EVER})


def _mimetype(name: str) -> str | None:
    types = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain"}
    return types.get(Path(name).suffix)
