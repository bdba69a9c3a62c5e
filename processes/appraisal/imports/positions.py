"""What the imports of the appraisal cycle share: columns, and the indicators of employees by their posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from processes.people.city import City, Indicator, Message, Period, PositionFacts, Severity
from processes.people.imports import Column, ImportRow, Planning
from processes.people.imports.cells import read_code, read_nip, read_whole
from processes.people.queries import staff_on

NIP = Column("nip", "NIP", read_nip)
YEAR = Column("year", "Tahun", read_whole(2010, 2100))
QUARTER = Column("quarter", "Triwulan", read_whole(1, 4), aliases=("tw", "periode"))
INDICATOR = Column("indicator", "Kode Indikator", read_code(40), aliases=("indikator", "kode iki"))


@dataclass
class Positions:
    """The indicator sets of employees by the posts they hold on a day; nothing is known without the city's rules."""

    planning: Planning
    _by_day: dict[date, dict[int, PositionFacts]] = field(default_factory=dict)
    _sets: dict[tuple[PositionFacts, Period], dict[str, Indicator]] = field(default_factory=dict)

    def position(self, employee_id: int, day: date) -> PositionFacts | None:
        """Return the post of an employee on a day as rules see it."""
        around = self.planning.around
        if day not in self._by_day:
            staff = staff_on(around.read, around.tenant, day, also_left=True)
            self._by_day[day] = {member.id: member.position for member in staff}
        return self._by_day[day].get(employee_id)

    def indicators(self, row: ImportRow, employee_id: int, period: Period) -> dict[str, Indicator] | None:
        """Return an employee's indicators by code; None if the city's rules or the post are not known."""
        found = self.sets(row, employee_id, period)
        return None if found is None else found[period]

    def sets(
        self, row: ImportRow, employee_id: int, period: Period, *others: Period
    ) -> dict[Period, dict[str, Indicator]] | None:
        """Return the indicators of the post that an employee holds in a period, for this and other periods."""
        city = self.planning.around.city
        if city is None:
            return None
        position = self.position(employee_id, self._day(period))
        if position is None:
            self.planning.reject(row, "nip", "no_position", day=self._day(period))
            return None
        return {each: self._set(city, position, each) for each in (period, *others)}

    def errors(self, employee_id: int, plans: Mapping[Period, tuple[Indicator, ...]]) -> list[Message]:
        """Return why a plan cannot be scored, as the city and the national rules see it.

        :param plans: the indicators by the periods to be scored; the post is that of the first one.
        """
        city, position = self.planning.around.city, self.position(employee_id, self._day(next(iter(plans))))
        if city is None or position is None:
            return []
        findings = [finding for period, plan in plans.items() for finding in city.check_plan(position, period, plan)]
        messages = [finding.message for finding in findings if finding.severity is Severity.ERROR]
        return list({item.text_id: item for item in messages}.values())

    def _set(self, city: City, position: PositionFacts, period: Period) -> dict[str, Indicator]:
        # Asked again for every row of a file: thousands of people share a few dozen posts.
        key = (position, period)
        if key not in self._sets:
            self._sets[key] = {item.code: item for item in city.indicators(position, period)}
        return self._sets[key]

    def _day(self, period: Period) -> date:
        return min(max(self.planning.around.today, period.start), period.end)
