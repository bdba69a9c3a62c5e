"""Says what a decision table did, rule by rule: which applied, and what kept the others from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.dmn.boxes import Input, Rule
from engine.dmn.hearing import TableTrace
from engine.dmn.showing import shown
from engine.feel import Language

_FIRED = ("Aturan berlaku.", "The rule applies.")
_MISSED = (
    "Kolom '{column}' bernilai {value}, yang tidak memenuhi uji `{test}`.",
    "Column '{column}' is {value}, which does not pass the test `{test}`.",
)
_NOT_ASKED = (
    "Tidak diperiksa, karena aturan sebelumnya sudah berlaku atau nilai masukan tidak diizinkan.",
    "Not looked at, because an earlier rule applies or an input's value is not allowed.",
)


@dataclass(frozen=True, slots=True)
class RuleFate:
    """What became of one rule.

    :param state: ``fired``, ``missed`` or ``not_asked``.
    :param column: title of the first column that did not pass, :param test: its cell, :param value: what it looked at.
    :param annotations: the rule's remarks by column.
    :param missed: that column and its place; None where all have passed or nothing was looked at.
    """

    rule: str
    state: str
    column: str = ""
    test: str = ""
    value: str = ""
    annotations: tuple[tuple[str, str], ...] = ()
    missed: tuple[int, Input] | None = None

    def message(self, language: Language) -> str:
        """Return why the rule applied or not, in one language."""
        texts = {"fired": _FIRED, "missed": _MISSED, "not_asked": _NOT_ASKED}[self.state]
        column = self.missed[1].title_in(language) if self.missed is not None else self.column
        return texts[0 if language == "id" else 1].format(column=column, test=self.test, value=self.value)


def fates(trace: TableTrace) -> Iterator[RuleFate]:
    """Yield what became of each rule of a table, in its order."""
    for place, rule in enumerate(trace.table.rules):
        if place >= trace.asked:
            yield RuleFate(rule.id, "not_asked", annotations=rule.annotations)
        else:
            yield _fate(rule, trace.missed(place), trace)


def _fate(rule: Rule, missed: int | None, trace: TableTrace) -> RuleFate:
    if missed is None:
        return RuleFate(rule.id, "fired", annotations=rule.annotations)
    column = trace.table.inputs[missed]
    test, value = rule.tests[missed], shown(trace.values[missed])
    return RuleFate(rule.id, "missed", column.title, test, value, rule.annotations, (missed, column))
