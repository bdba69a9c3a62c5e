"""Imports spreadsheets of people and their organisation: every bad cell is named, and all is imported or nothing."""

from processes.people.city import Text
from processes.people.imports.batch import Batch
from processes.people.imports.columns import Column, ImportRow, Progress
from processes.people.imports.employees import EMPLOYEES
from processes.people.imports.groups import ImportGroup, by_name
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

#: In the order in which a city's files are imported first.
PEOPLE_GROUPS = (
    ImportGroup(
        Text("Unit dan pegawai", "Units and people"),
        Text(
            "Mulailah di sini: unit, jabatan, lalu orangnya. Semua berkas lain merujuk kepada mereka.",
            "Begin here: units, posts, then people. All other files refer to them.",
        ),
        (UNITS, POSTS, EMPLOYEES, LINES, HEADS, KINSHIP),
    ),
    ImportGroup(
        Text("Cuti dan hari libur", "Leave and holidays"),
        Text(
            "Hari tanpa kerja, yang diperhitungkan dalam tenggat dan kehadiran.",
            "Days without work, which deadlines and attendance allow for.",
        ),
        (LEAVE, HOLIDAYS),
    ),
)
PEOPLE_KINDS: dict[str, ImportKind] = by_name(PEOPLE_GROUPS)

__all__ = [
    "PEOPLE_GROUPS",
    "PEOPLE_KINDS",
    "BadCell",
    "Batch",
    "CellProblem",
    "Column",
    "ImportGroup",
    "ImportKind",
    "ImportPlan",
    "ImportRefused",
    "ImportRow",
    "ImportSummary",
    "Planning",
    "Progress",
    "Surroundings",
    "by_name",
    "plan_rows",
    "read_import",
    "report_lines",
]
