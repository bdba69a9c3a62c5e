"""What every page of a design has around it: its name, how far it is, and the ways to look at it."""

from dataclasses import dataclass

from flask import request, url_for

from engine.designs.finding import Design
from engine.records.design import DesignStatus
from webapp.studio.naming import name_of_files
from webapp.texts import gettext as _
from webapp.texts import lazy

STATUS_WORDS = {
    DesignStatus.OPEN: (lazy("Sedang dikerjakan"), "info"),
    DesignStatus.ASKED: (lazy("Menunggu tinjauan"), "warning"),
    DesignStatus.APPROVED: (lazy("Disetujui, siap dirilis"), "success"),
    DesignStatus.RELEASED: (lazy("Sudah dirilis"), ""),
    DesignStatus.DISCARDED: (lazy("Disingkirkan"), ""),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to look at a design.

    :param label: Indonesian text, marked with `lazy` where it is written.
    :param endpoint: of a view that takes `design_id`.
    """

    order: int
    label: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class FrameTab:
    """A tab as a page shows it."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The head of a page of a design."""

    name: str
    status: str
    tone: str
    base: int | None
    tabs: tuple[FrameTab, ...]


def frame_of(design: Design, tabs: tuple[Tab, ...]) -> Frame:
    """Return what stands around every page of a design."""
    words, tone = STATUS_WORDS[design.status]
    shown = tuple(_shown(tab, design) for tab in tabs)
    return Frame(name_of_files(design.files, design.process), _(words), tone, design.base_number, shown)


def _shown(tab: Tab, design: Design) -> FrameTab:
    address = url_for(tab.endpoint, design_id=design.id)
    here = f"{request.script_root}{request.path}"
    is_root = tab.order == 0
    return FrameTab(_(tab.label), address, here == address or (not is_root and here.startswith(f"{address}/")))
