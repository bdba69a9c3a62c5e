"""Spreadsheets that were tried and never imported: they hold the data of many people and must not lie about."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.engine import Engine
from webapp.people.uploads import forget_uploads
from webapp.wiring import Settings


def forget_sheets(engine: Engine, *, settings: Settings) -> None:
    """Delete the files of dry runs that are a day old."""
    forget_uploads(settings.home, engine.clock())


NIGHTLY: Final[Mapping[str, Callable[..., None]]] = {"forget_sheets": forget_sheets}
