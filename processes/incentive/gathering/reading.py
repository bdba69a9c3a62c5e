"""What the records say about a unit's people in a month: each kind with one statement, when it is asked for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from processes.incentive.gathering import standing, statements
from processes.incentive.rules.basis import Basis

#: What attendance would say on a day, by person: laid over the records, to see what a correction would change.
Overlay = Mapping[int, Mapping[date, Any]]


@dataclass
class UnitRecords:
    """Rows by person.

    :param asked: city, unit and days, as the statements name them.
    """

    read: Connection
    asked: dict[str, Any]
    basis: Basis
    overlay: Overlay

    @cached_property
    def placements(self) -> dict[int, list[Any]]:
        """Where each worked in the month, whatever unit, in order."""
        return self._by_person(statements.PLACEMENTS)

    @cached_property
    def attendance(self) -> dict[int, dict[date, Any]]:
        """Each one's recorded days of the month."""
        found: defaultdict[int, dict[date, Any]] = defaultdict(dict)
        for row in self.read.execute(statements.ATTENDANCE, self.asked):
            found[row.employee_id][row.day] = row
        for person, days in self.overlay.items():
            found[person].update(days)
        return found

    @cached_property
    def absences(self) -> dict[int, set[date]]:
        """Days without reason since the year began."""
        rows = self._by_person(statements.ABSENCES)
        return {person: {row.day for row in of_person} for person, of_person in rows.items()}

    @cached_property
    def leaves(self) -> dict[int, list[Any]]:
        """Leave since the year began."""
        return self._by_person(statements.LEAVES)

    @cached_property
    def terms(self) -> dict[int, list[Any]]:
        """Terms of service of the month."""
        return self._by_person(statements.TERMS)

    @cached_property
    def acting(self) -> dict[int, list[Any]]:
        """Acting appointments of the month."""
        return self._by_person(statements.ACTING)

    @cached_property
    def adjustments(self) -> dict[int, list[Any]]:
        """What the unit pays for earlier months with this one."""
        return self._by_person(statements.ADJUSTMENTS)

    @cached_property
    def external(self) -> dict[int, list[Any]]:
        """What others take off."""
        return self._by_person(statements.EXTERNAL)

    @cached_property
    def predicates(self) -> dict[int, tuple[str, str]]:
        """The predicate in force, with its quarter."""
        return standing.predicates(self.read, self.asked, self.basis)

    @cached_property
    def not_appraised(self) -> tuple[str, dict[int, int]]:
        """A quarter, and how many subordinates each has not appraised for it."""
        return standing.not_appraised(self.read, self.asked, self.basis)

    @cached_property
    def measures(self) -> dict[int, str]:
        """The disciplinary measure in force."""
        return standing.measures(self.read.execute(statements.SANCTIONS, self.asked), self.asked["first"], self.basis)

    def _by_person(self, statement: Any) -> dict[int, list[Any]]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in self.read.execute(statement, self.asked):
            found[row.employee_id].append(row)
        return found
