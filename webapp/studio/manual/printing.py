"""Sets a manual in pages: one PDF that is fit for archives (A-2a) and for screen readers (UA-1) at once."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from math import ceil
from typing import Any, Final

import typst
from lxml import etree

TEMPLATE = "manual.typ"
#: So much of a drawing is still read across a sheet of A4; of a wider one each sheet has a part, a little of it twice.
WIDTH: Final = 1300.0
TWICE: Final = 120.0
#: A drawing that would take more sheets is printed as a whole only.
MOST_PARTS: Final = 12
_LATIN: Final = 0x250
_SIGNS: Final = frozenset("–—‘’“”•…→−≤≥≠✕◷△≡↯⇑➔●○◇☺☞⚙≣▦➤✉")


def print_manual(manual: Mapping[str, Any], picture: bytes, made_at: datetime) -> bytes:
    """Return a manual as PDF; the same manual of the same moment gives the same bytes.

    Texts reach the template as data, never as instructions.

    :param picture: the diagram as SVG.
    """
    inputs = {
        "manual": json.dumps(manual, ensure_ascii=False),
        "pictures": json.dumps(_parted(picture), ensure_ascii=False),
    }
    try:
        return _compiled(inputs, made_at)
    except typst.TypstError:  # a sign that no letter of the fonts stands for: such a page is fit for no archive
        return _compiled({name: _plain(text) for name, text in inputs.items()}, made_at)


def _compiled(inputs: dict[str, str], made_at: datetime) -> bytes:
    made: bytes = typst.compile(
        _template(),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=made_at,
    )
    return made


def _plain(text: str) -> str:
    """Return a text in which every sign that is not surely in the fonts is a question mark."""
    return "".join(sign if ord(sign) < _LATIN or sign in _SIGNS else "?" for sign in text)


def _parted(picture: bytes) -> list[str]:
    """Return a picture as a whole and, if it is wide, its parts from left to right."""
    root = etree.fromstring(picture)
    left, top, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    sheets = (width - TWICE) / (WIDTH - TWICE)
    count = ceil(sheets) if sheets <= MOST_PARTS else 1
    if count <= 1:
        return [picture.decode()]
    shown = (width - TWICE) / count + TWICE
    begins = (left + part * (shown - TWICE) for part in range(count))
    return [picture.decode(), *(_part(root, (begin, top, shown, height)) for begin in begins)]


def _part(root: Any, box: tuple[float, float, float, float]) -> str:
    root.set("viewBox", " ".join(f"{number:g}" for number in box))
    root.set("width", f"{box[2]:g}")
    root.set("height", f"{box[3]:g}")
    return str(etree.tostring(root, encoding="unicode"))


@cache
def _template() -> bytes:
    return files("webapp.studio.manual").joinpath(TEMPLATE).read_bytes()
