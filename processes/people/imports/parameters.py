"""Import of a city's own numbers with the day from which they hold and the regulation they come from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from engine.records.packing import pack, unpack
from processes.people.city import ParameterSet, Text, from_plain
from processes.people.imports.batch import Batch
from processes.people.imports.cells import read_code, read_day, read_number, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import parameter_set

#: Says what is wrong with a set, in Indonesian and English; nothing if it may be used.
Check = Callable[[ParameterSet], Iterable[tuple[str, str]]]

COLUMNS = (
    Column("key", "Kunci", read_code(), aliases=("parameter", "key")),
    Column("version", "Versi", read_code(40), aliases=("version",)),
    Column("valid_from", "Berlaku Mulai", read_day, aliases=("mulai", "tmt", "valid from")),
    Column("source", "Dasar Hukum", read_text(200), aliases=("sumber", "peraturan", "source")),
    Column("name", "Nama Angka", read_code(), aliases=("nama", "angka", "name")),
    Column("value", "Nilai", read_number(), aliases=("value",)),
)
_KEY = ("key", "valid_from", "name")
_STORED = ("content", "source")
_existing = select(
    parameter_set.c.id, parameter_set.c.name, parameter_set.c.valid_from, *(parameter_set.c[name] for name in _STORED)
).where(parameter_set.c.tenant == bindparam("tenant"))


def parameters_kind(
    name: str, title_id: str, title_en: str, *, about: Text, keys: Iterable[str], check: Check
) -> ImportKind:
    """Return the kind of files that bring sets of some keys; each file brings whole sets.

    :param check: what the process that uses the sets asks of them.
    """
    known = frozenset(keys)

    def plan(planning: Planning, rows: Sequence[ImportRow]) -> None:
        _plan(planning, rows, known, check)

    return ImportKind(name, title_id, title_en, COLUMNS, _KEY, plan, about=about)


def _plan(planning: Planning, rows: Sequence[ImportRow], known: frozenset[str], check: Check) -> None:
    stored = {(row["name"], row["valid_from"]): row for row in planning.stored(_existing)}
    batch = Batch(planning, parameter_set, ("id",), _STORED)
    for row in rows:
        if row.has_read("key") and row["key"] not in known:
            shown = ", ".join(sorted(known))
            planning.reject(row, "key", "not_choice", value=row["key"], choices=shown)
    for (key, first), of_set in _grouped(rows).items():
        if key in known and (found := _set_of(planning, key, first, of_set, check)) is not None:
            before = stored.get((key, first))
            batch.put(_comparable(before, found), _row(planning, found, before))
    batch.close()


def _grouped(rows: Iterable[ImportRow]) -> Mapping[tuple[str, date], list[ImportRow]]:
    found: dict[tuple[str, date], list[ImportRow]] = {}
    for row in rows:
        if row.is_whole:
            found.setdefault((row["key"], row["valid_from"]), []).append(row)
    return found


def _set_of(planning: Planning, key: str, first: date, rows: Sequence[ImportRow], check: Check) -> ParameterSet | None:
    """Return the set that some rows make, or note what is wrong with it."""
    for row in rows:
        for column in ("version", "source"):
            if row[column] != rows[0][column]:
                planning.reject(row, column, "plan", **_differs(key, rows[0][column]))
                return None
    values = {row["name"]: Decimal(row["value"]) for row in rows}
    made = ParameterSet(key=key, version=rows[0]["version"], valid_from=first, source=rows[0]["source"], values=values)
    wrong = list(check(made))
    for text_id, text_en in wrong:
        planning.reject(rows[0], "value", "plan", text_id=text_id, text_en=text_en)
    return None if wrong else made


def _differs(key: str, other: str) -> dict[str, str]:
    return {
        "text_id": f"Satu kumpulan angka {key} hanya mempunyai satu versi dan dasar hukum: {other}.",
        "text_en": f"One set of numbers {key} has one version and one source: {other}.",
    }


def _comparable(before: Mapping[str, Any] | None, found: ParameterSet) -> Mapping[str, Any] | None:
    """Return what is stored, as the same bytes if it says the same: the order of a file's rows does not matter."""
    if before is None:
        return None
    held = from_plain(ParameterSet, unpack(before["content"]))
    return {**before, "content": _packed(found)} if held == found else before


def _row(planning: Planning, found: ParameterSet, before: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "id": before["id"] if before is not None else planning.new_id(),
        "tenant": planning.around.tenant,
        "name": found.key,
        "valid_from": found.valid_from,
        "content": _packed(found),
        "source": found.source,
    }


def _packed(found: ParameterSet) -> bytes:
    return pack(found.to_plain())
