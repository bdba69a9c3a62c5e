"""Reads what the forms of the code page send: where somebody looks in the list, and for whom codes are wanted."""

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from webapp.auth.listing import Look

MOST_LETTERS = 100
#: No key of the database is longer; a longer number is nobody.
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent.

    :param only_looks: another page of the list, another unit or name: no codes are asked for.
    :param ticked: for whom codes are wanted.
    :param again: those of them whose password or code may end by it: the reader was asked and said so.
    :param unsure: the people about whom the reader was asked.
    """

    look: Look
    only_looks: bool
    ticked: frozenset[int]
    again: frozenset[int]
    unsure: frozenset[int]

    @property
    def wanted(self) -> frozenset[int]:
        """Everybody who shall get a code."""
        return self.ticked | self.again

    @property
    def everybody(self) -> frozenset[int]:
        """Everybody who was ticked on any page, as the list shows it again."""
        return self.wanted | self.unsure


def read_sent(form: MultiDict[str, str]) -> Sent:
    """Return what a form of the page says; what is no number counts as nothing."""
    field = "tanpa" if "_semua" in form else "person"
    return Sent(
        look=read_look(form),
        only_looks="_cari" in form or "_halaman" in form,
        ticked=_keys(form.getlist(field)),
        again=_keys(form.getlist("ulang")),
        unsure=_keys(form.getlist("ragu")),
    )


def read_look(values: MultiDict[str, str]) -> Look:
    """Return where in the list the reader is; a new search begins with its first page."""
    page = values.get("_halaman", "1" if "_cari" in values else values.get("halaman", "1"))
    unit = _number(values.get("unit", ""))
    return Look(values.get("cari", "")[:MOST_LETTERS], unit, _number(page) or 1)


def _keys(items: Iterable[str]) -> frozenset[int]:
    return frozenset(key for key in map(_number, items) if key is not None)


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_KEY))):
        return None
    return min(int(text), LARGEST_KEY)
