"""A decision table in words, in its order: what its columns looked at, which rules applied, why others did not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.dmn import Decision
from engine.dmn.boxes import Input
from engine.dmn.explaining import RuleFate, fates
from engine.dmn.hearing import TableTrace
from webapp.spoken import spoken, spoken_cell
from webapp.texts import gettext as _
from webapp.texts import language, lazy

_POLICIES: Final[Mapping[str, str]] = {
    "UNIQUE": lazy("Tepat satu aturan boleh berlaku."),
    "ANY": lazy("Beberapa aturan boleh berlaku bila hasilnya sama."),
    "FIRST": lazy("Aturan pertama yang berlaku dipakai; sesudahnya tidak diperiksa lagi."),
    "PRIORITY": lazy("Dari aturan yang berlaku dipakai hasil yang paling diutamakan."),
    "RULE ORDER": lazy("Hasil semua aturan yang berlaku dipakai, menurut urutan aturan."),
    "OUTPUT ORDER": lazy("Hasil semua aturan yang berlaku dipakai, menurut urutan hasil."),
    "COLLECT": lazy("Hasil semua aturan yang berlaku dikumpulkan."),
}
_AGGREGATIONS: Final[Mapping[str, str]] = {
    "SUM": lazy("Hasil semua aturan yang berlaku dijumlahkan."),
    "MIN": lazy("Dari aturan yang berlaku dipakai hasil terkecil."),
    "MAX": lazy("Dari aturan yang berlaku dipakai hasil terbesar."),
    "COUNT": lazy("Aturan yang berlaku dihitung."),
}
_LETTERS: Final[Mapping[str, str]] = {"SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """The head of a column.

    :param expression: as drawn, where it says more than the title.
    :param value: what it looked at; empty for results and remarks.
    """

    title: str
    expression: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A row of a table.

    :param cells: in words where they are simple, in the order of all columns; an empty one has no text.
    :param why: why it did not apply; empty if it did.
    """

    number: int
    has_applied: bool
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table.

    :param owner: the decision or function whose table it is; empty if that is the decision itself.
    :param letter: of its hit policy, as in the corner of the drawing.
    :param looked_at: what the columns looked at, by their titles, in words.
    :param inputs: the first columns, then `outputs`, then `remarks`.
    :param applied: the numbers of the rules that applied, in words; empty if none did.
    """

    owner: str
    letter: str
    policy: str
    looked_at: tuple[tuple[str, str], ...]
    inputs: tuple[ShownColumn, ...]
    outputs: tuple[ShownColumn, ...]
    remarks: tuple[ShownColumn, ...]
    rules: tuple[ShownRule, ...]
    applied: str

    @property
    def columns(self) -> tuple[ShownColumn, ...]:
        """All columns of the drawing, in its order."""
        return (*self.inputs, *self.outputs, *self.remarks)


def show_table(trace: TableTrace, asked: Decision | None) -> ShownTable:
    """Return a table for the page.

    :param asked: the decision under which it is shown; None where that is not known any more.
    """
    table = trace.table
    read = [(column.title_in(language()), column, value) for column, value in _read(trace)]
    return ShownTable(
        owner=_owner(trace, asked),
        letter=table.hit_policy[:1] + _LETTERS.get(table.aggregation, ""),
        policy=_(_AGGREGATIONS.get(table.aggregation) or _POLICIES[table.hit_policy]),
        looked_at=tuple((title, spoken(value)) for title, _column, value in read),
        inputs=tuple(
            ShownColumn(title, column.expression if column.expression != title else "", spoken(value))
            for title, column, value in read
        ),
        outputs=tuple(ShownColumn(column.title_in(language())) for column in table.outputs),
        remarks=tuple(ShownColumn(column.title_in(language()) or _("Keterangan")) for column in table.remarks),
        rules=tuple(_rule(number, fate, trace) for number, fate in enumerate(fates(trace), 1)),
        applied=", ".join(str(place + 1) for place in trace.applying),
    )


def _owner(trace: TableTrace, asked: Decision | None) -> str:
    if asked is None:
        return trace.element
    return "" if trace.element == asked.name else asked.called(trace.element, language())


def _read(trace: TableTrace) -> Iterable[tuple[Input, object]]:
    return zip(trace.table.inputs, trace.values, strict=True)


def _rule(number: int, fate: RuleFate, trace: TableTrace) -> ShownRule:
    rule = trace.table.rules[number - 1]
    said = [text for _name, text in fate.annotations][: len(trace.table.remarks)]
    has_applied = fate.state == "fired"
    return ShownRule(
        number,
        has_applied,
        (*map(spoken_cell, (*rule.tests, *rule.results)), *said, *[""] * (len(trace.table.remarks) - len(said))),
        "" if has_applied else _why(fate, trace),
    )


def _why(fate: RuleFate, trace: TableTrace) -> str:
    """Return why a rule did not apply, in the words of the cells."""
    if fate.missed is None:
        return fate.message(language())
    place, column = fate.missed
    return _(
        "“%(column)s” bernilai “%(value)s”, sedangkan aturan ini meminta “%(test)s”.",
        column=column.title_in(language()),
        value=spoken(trace.values[place]),
        test=spoken_cell(fate.test),
    )
