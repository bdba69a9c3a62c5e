"""The page that says how the decisions of a case were made: each table as drawn, with the rules that applied."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.dmn import LiteralExpression
from engine.queries.decisions import AskedDecision, CaseDecisions, Kept
from engine.queries.halting import Halt, Halted
from webapp.cases.decided_tables import ShownTable, show_table
from webapp.cases.decisions_reading import SeenDecisions
from webapp.cases.page import show_here
from webapp.spoken import spoken
from webapp.texts import gettext as _
from webapp.texts import language, lazy

#: Of one page; a case in rounds can have hundreds.
MOST_DECISIONS: Final = 10
#: Of one decision: the rest only repeats a table for more values.
MOST_TABLES: Final = 20

Pairs = tuple[tuple[str, str], ...]

#: Why a case cannot be done again, as the end of a sentence.
HALTS: Final[Mapping[Halt, str]] = {
    Halt.GAP: lazy("ada langkah yang hilang dari riwayatnya"),
    Halt.UNREADABLE: lazy("catatan langkah itu tidak terbaca"),
    Halt.NOT_RECORDED: lazy("langkah itu dikerjakan ketika Alur belum mencatat cukup data untuk menjelaskannya"),
    Halt.DAYS: lazy("daftar hari libur sudah diubah sesudahnya, sehingga hitungannya kini lain"),
    Halt.DIFFERS: lazy("catatannya tidak cocok dengan diagramnya"),
    Halt.GONE: lazy("aturan kota ini sedang tidak dapat dibaca"),
}
#: What somebody should do about it, where anything can be done.
_TO_BE_CHECKED: Final = frozenset({Halt.GAP, Halt.UNREADABLE, Halt.DIFFERS, Halt.GONE})


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One decision on the page.

    :param description: what its author says of it, such as the regulation that it carries out.
    :param result: in words; empty if it has failed.
    :param formula: the expression of a decision that is no table; empty for others.
    :param read: what it looked at, where no table says so.
    :param required: what the decisions gave that it requires.
    :param more_tables: how many tables were asked beside those that are shown.
    """

    number: int
    name: str
    description: str
    step: str
    when: str
    who: str
    result: str
    has_failed: bool
    formula: str
    read: Pairs
    required: Pairs
    tables: tuple[ShownTable, ...]
    more_tables: int
    notes: tuple[str, ...]
    kept: Kept


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The page.

    :param is_hidden: the result has not been handed over to the reader, who is the employee.
    :param halted: why decisions from some step on are missing; empty if all are here.
    :param is_to_be_checked: somebody should look at what is wrong there.
    """

    case_id: int
    title: str
    process: str
    has_result: bool
    is_own: bool
    is_hidden: bool
    decisions: tuple[ShownDecision, ...]
    count: int
    page: int
    pages: int
    halted: str
    is_to_be_checked: bool


def decisions_page(seen: SeenDecisions, page: int = 1) -> DecisionsPage:
    """Return one page of the decisions of a case, in the order in which they were asked.

    :param page: from 1; one that is not there leads to the nearest.
    """
    found = seen.found
    asked = found.asked if found is not None else ()
    pages = max(1, -(-len(asked) // MOST_DECISIONS))
    page = min(max(page, 1), pages)
    first = (page - 1) * MOST_DECISIONS
    part = asked[first : first + MOST_DECISIONS]
    halted = found.halted if found is not None else None
    return DecisionsPage(
        case_id=seen.case_id,
        title=seen.title,
        process=_process(found),
        has_result=seen.has_result,
        is_own=seen.is_own,
        is_hidden=found is None,
        decisions=tuple(_shown(item, number, seen) for number, item in enumerate(part, first + 1)),
        count=len(asked),
        page=page,
        pages=pages,
        halted=_halted(halted),
        is_to_be_checked=halted is not None and halted.why in _TO_BE_CHECKED,
    )


def _process(found: CaseDecisions | None) -> str:
    names = found.outline.names if found is not None else {}
    return names.get(language()) or names.get("id", "")


def _halted(halted: Halted | None) -> str:
    if halted is None:
        return ""
    why = _(HALTS[halted.why])
    return _(
        "Mulai langkah %(number)s keputusan kasus ini tidak dapat dijelaskan: %(why)s.", number=halted.version, why=why
    )


def _shown(item: AskedDecision, number: int, seen: SeenDecisions) -> ShownDecision:
    names, logic = item.element.names, item.decision.logic if item.decision is not None else None
    name = item.decision.name_in(language()) if item.decision is not None else item.element.decision or item.element.id
    return ShownDecision(
        number=number,
        name=name,
        description=item.decision.node.description if item.decision is not None else "",
        step=names.get(language()) or names.get("id") or name,
        when=show_here(item.step.at),
        who=_who(item, seen),
        result="" if item.has_failed else spoken(item.value),
        has_failed=item.has_failed,
        formula=logic.text if isinstance(logic, LiteralExpression) else "",
        read=() if item.tables else tuple(_pairs(item.read)),
        required=tuple(_pairs({_called(item, name): value for name, value in item.required.items()})),
        tables=tuple(show_table(trace, item.decision) for trace in item.tables[:MOST_TABLES]),
        more_tables=max(0, len(item.tables) - MOST_TABLES),
        notes=tuple(note.message(language()) for note in item.notes),
        kept=item.kept,
    )


def _called(item: AskedDecision, name: str) -> str:
    return item.decision.called(name, language()) if item.decision is not None else name


def _who(item: AskedDecision, seen: SeenDecisions) -> str:
    return _("Sistem") if item.step.actor is None else seen.names.get(item.step.actor, _("Pegawai"))


def _pairs(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    return ((name, spoken(value)) for name, value in values.items())
