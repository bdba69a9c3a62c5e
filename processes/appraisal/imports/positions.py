"""What the imports of the appraisal cycle share: columns, and the indicators of employees by their posts."""

from dataclasses import dataclass, field
from datetime import date

from processes.people.city import Indicator, Message, Period, PositionFacts, Severity
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

    def position(self, employee_id: int, day: date) -> PositionFacts | None:
        """Return the post of an employee on a day as rules see it."""
        around = self.planning.around
        if day not in self._by_day:
            staff = staff_on(around.read, around.tenant, day, also_left=True)
            self._by_day[day] = {member.id: member.position for member in staff}
        return self._by_day[day].get(employee_id)

    def indicators(self, row: ImportRow, employee_id: int, period: Period) -> dict[str, Indicator] | None:
        """Return an employee's indicators by code; None if the city's rules or the post are not known."""
        city = self.planning.around.city
        if city is None:
            return None
        position = self.position(employee_id, self._day(period))
        if position is None:
            self.planning.reject(row, "nip", "no_position", day=self._day(period))
            return None
        return {item.code: item for item in city.indicators(position, period)}

    def errors(self, employee_id: int, period: Period, indicators: tuple[Indicator, ...]) -> list[Message]:
        """Return why a plan cannot be scored, as the city and the national rules see it."""
        city, position = self.planning.around.city, self.position(employee_id, self._day(period))
        if city is None or position is None:
            return []
        findings = city.check_plan(position, period, indicators)
        return [finding.message for finding in findings if finding.severity is Severity.ERROR]

    def _day(self, period: Period) -> date:
        return min(max(self.planning.around.today, period.start), period.end)
