"""Imports spreadsheets of people and their organisation: every bad cell is named, and all is imported or nothing."""

from processes.people.imports.batch import Batch
from processes.people.imports.columns import Column, ImportRow, Progress
from processes.people.imports.employees import EMPLOYEES
from processes.people.imports.heads import HEADS
from processes.people.imports.holidays import HOLIDAYS
from processes.people.imports.kinship import KINSHIP
from processes.people.imports.leave import LEAVE
from processes.people.imports.lines import LINES
from processes.people.imports.planning import ImportKind, Planning, Surroundings, plan_rows
from processes.people.imports.posts import POSTS
from processes.people.imports.problems import BadCell, CellProblem, ImportRefused
from processes.people.imports.reading import ImportPlan, ImportSummary, read_import
from processes.people.imports.report import report_lines
from processes.people.imports.units import UNITS

#: The kinds of people, in the order in which a city's files are imported first.
PEOPLE_KINDS: dict[str, ImportKind] = {
    kind.name: kind for kind in (UNITS, POSTS, EMPLOYEES, LINES, HEADS, LEAVE, HOLIDAYS, KINSHIP)
}

__all__ = [
    "PEOPLE_KINDS",
    "BadCell",
    "Batch",
    "CellProblem",
    "Column",
    "ImportKind",
    "ImportPlan",
    "ImportRefused",
    "ImportRow",
    "ImportSummary",
    "Planning",
    "Progress",
    "Surroundings",
    "plan_rows",
    "read_import",
    "report_lines",
]
