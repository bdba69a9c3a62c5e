"""Opens a table of a design for a page: its file, the chosen decision, and whether the reader may change it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flask import request

from engine.designs.finding import Design, content_mark
from engine.dmn import Decision, DecisionTable, LiteralExpression
from engine.dmn.editing import Sheet, read_sheet
from engine.policy.actor import Actor
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN
from webapp.studio.reading import current_design
from webapp.studio.tables.decisions import TableFile, find_table_file
from webapp.texts import language
from webapp.wiring import Alur

TABLES: Final = f"{DESIGN}/tabel"
TABLE: Final = f"{TABLES}/<name>"


@dataclass(frozen=True)
class OpenTable:
    """A table as pages get it.

    :param decision: the chosen one of the file; None in a file that cannot be read or holds none.
    :param may_change: whether the reader may change the design, and it is still worked on.
    """

    design: Design
    file: TableFile
    decision: Decision | None
    may_change: bool

    @property
    def content(self) -> bytes:
        """The DMN file."""
        return self.design.files[self.file.name]

    @property
    def mark(self) -> str:
        """What names the content that the page shows."""
        return content_mark(self.content)

    @property
    def address(self) -> dict[str, Any]:
        """What the addresses of the table's pages are made of."""
        chosen = {"keputusan": self.decision.id} if self.decision and self.decision.id != self.file.main else {}
        return {"design_id": self.design.id, "name": self.file.stem, **chosen}

    @property
    def title(self) -> str:
        """What people call the decision."""
        return self.decision.name_in(language()) if self.decision else self.file.stem

    @cached_property
    def sheet(self) -> Sheet | None:
        """The table as rows and columns; None when the decision is no table."""
        if self.decision is None or not isinstance(self.decision.logic, DecisionTable):
            return None
        return read_sheet(self.content, self.decision.id)

    @property
    def expression(self) -> str | None:
        """The one expression of the decision; None when it is none."""
        logic = self.decision.logic if self.decision else None
        return logic.text if isinstance(logic, LiteralExpression) else None


def open_table(design_id: int, name: str) -> OpenTable:
    """Return a table for the person of this request; `keputusan` in the address chooses one of several decisions.

    :raise NotFound: the design or the table does not exist, or is not for this reader.
    """
    return _opened(current_design(design_id), name)


def open_to_change(design_id: int, name: str) -> OpenTable:
    """Return a table for a page that changes it.

    :raise NotFound: the design or the table does not exist, or is not for this reader.
    :raise Forbidden: the reader may only look at it.
    :raise DesignClosed: the design is a release now, or was discarded.
    """
    return _opened(design_to_change(design_id), name)


def design_to_change(design_id: int) -> Design:
    """Return a design for a page that changes it.

    :raise NotFound: it does not exist, or is not for this reader.
    :raise Forbidden: the reader may only look at it.
    :raise DesignClosed: it is a release now, or was discarded.
    """
    design = current_design(design_id)
    ask(_require_change, current_alur(), design)
    design.require_open()
    return design


def _opened(design: Design, name: str) -> OpenTable:
    file = find_table_file(design.files, name)
    chosen = request.args.get("keputusan", "")
    decision = file.chosen(chosen) if chosen or file.main else None
    return OpenTable(design, file, decision, may_change(design))


def may_change(design: Design) -> bool:
    """Say whether the person of this request may change a design that is still worked on."""
    return not design.status.is_closed and ask(_is_allowed, current_alur(), design)


def _require_change(read: Any, actor: Actor, alur: Alur, design: Design) -> None:
    alur.engine.policy.require(actor, "design:change", design, read)


def _is_allowed(read: Any, actor: Actor, alur: Alur, design: Design) -> bool:
    return alur.engine.policy.allows(actor, "design:change", design, read)
