"""From a file to a plan: everything that can be wrong is found here, and nothing is written."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from processes.people.city import City
from processes.people.imports.columns import ImportRow, Progress, find_duplicates, read_table
from processes.people.imports.planning import ImportKind, Planning, Surroundings, plan_rows
from processes.people.imports.problems import CellProblem


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import brings, or brought: rows that are new, changed, and as before.

    :param warnings: what whoever imports must know although the file is good.
    """

    new: int
    changed: int
    unchanged: int
    warnings: tuple[CellProblem, ...] = ()

    @classmethod
    def of(cls, planning: Planning) -> Self:
        """Return what a planning came to."""
        return cls(planning.new, planning.changed, planning.unchanged, tuple(planning.warnings))

    @property
    def total(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The good rows of a file, ready for `ImportRows`.

    :param source: name of the file, without folders.
    :param sha256: of the file's content.
    :param ignored: titles of columns that this kind does not know.
    """

    kind: ImportKind
    source: str
    sha256: str
    rows: tuple[ImportRow, ...] = field(repr=False)
    summary: ImportSummary
    ignored: tuple[str, ...] = ()


def read_import(
    kind: ImportKind,
    source: Path | bytes,
    read: Connection,
    tenant: str,
    today: date,
    *,
    name: str = "",
    city: City | None = None,
    actor: int | None = None,
    progress: Progress | None = None,
) -> ImportPlan | list[CellProblem]:
    """Return the plan of an import, or every problem of the file in one pass: cells, duplicates, references.

    :param source: a path, or the content of an uploaded file, whose name is then `name`.
    :param city: the city's rules, if job families, indicators and fields are to be checked as well.
    :param actor: who is going to import it; None for the command line.
    :param progress: called with rows done and rows in all (0 when not known beforehand).
    """
    reading = read_table(source, kind.columns, name=name, progress=progress)
    problems = [*reading.problems, *find_duplicates(reading.rows, kind.key)]
    around = Surroundings.rehearsal(read, tenant, today, reading.source.name, city=city, actor=actor)
    planning = plan_rows(kind, reading.rows, around)
    problems += [problem for problem in planning.problems if problem not in problems]
    if problems:
        return sorted(problems, key=lambda problem: (problem.sheet, problem.row))
    return ImportPlan(
        kind,
        reading.source.name,
        sha256(reading.source.content).hexdigest(),
        tuple(reading.rows),
        ImportSummary.of(planning),
        tuple(dict.fromkeys(reading.ignored)),
    )
