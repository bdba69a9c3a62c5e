"""Reads the facts of careers from the records, for some employees or for everybody, with a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from processes.people.career_values import EducationLevel, Measure
from processes.people.careers import education, rank, sanction
from processes.people.city import City, ParameterSet, Predicate
from processes.people.nip import InvalidNip, parse_nip
from processes.people.queries import StaffMember
from processes.people.records import employee, result
from processes.promotion.career_facts import (
    FUNCTIONAL,
    CareerFacts,
    CreditEntry,
    HeldRank,
    HeldSanction,
    Schooling,
    annual_result,
    earned_in_rank,
    functional_level,
    higher_diploma,
    highest_education,
    is_covered,
)
from processes.promotion.credit import Credit, CreditKind, Level, convert, determine, diploma_bonus
from processes.promotion.parameters import ANNUAL_PREDICATE, CREDIT, numbers_on
from processes.promotion.periods import PromotionPeriod
from processes.promotion.posts.retirement import AGES, retirement_of
from processes.promotion.records import credit_score

AnyRow = Any
_PEOPLE: Any = bindparam("people", expanding=True)
#: So many people are asked for by name; of more, the rows of the whole city are read, in as many statements.
_BY_NAME = 400
_PREDICATES = {str(predicate): predicate for predicate in Predicate}


def _of(table: Any, columns: str, *order: Any) -> tuple[Any, Any]:
    """Return the statements that read some columns of everybody's rows, and of some people's."""
    read = select(table.c.employee_id, *(table.c[name] for name in columns.split()))
    everybody = read.where(table.c.tenant == bindparam("tenant")).order_by(table.c.employee_id, *order)
    return everybody, everybody.where(table.c.employee_id.in_(_PEOPLE))


_everybody = select(employee.c.id, employee.c.kind, employee.c.active_from).where(
    employee.c.tenant == bindparam("tenant")
)
_employees = (_everybody, _everybody.where(employee.c.id.in_(_PEOPLE)))
_ranks = _of(rank, "grade valid_from decree case_id", rank.c.valid_from)
_education = _of(education, "level subject graduated_on", education.c.graduated_on)
_sanctions = _of(sanction, "measure valid_from valid_to decree", sanction.c.valid_from)
_credits = _of(
    credit_score,
    "kind level months percent coefficient credit first_day last_day predicate source",
    credit_score.c.last_day,
)
_results = _of(result, "year quarter predicate", result.c.year, result.c.quarter, result.c.version)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The dated numbers that careers are judged by."""

    credit: ParameterSet
    ages: ParameterSet
    annual: ParameterSet

    @classmethod
    def on(cls, read: Connection, tenant: str, day: date, city: City) -> "Numbers":
        """Return those that hold in a city on a day.

        :raise CityError: the city's plugin does not answer.
        """
        found = (numbers_on(read, tenant, key, day, city) for key in (CREDIT, AGES, ANNUAL_PREDICATE))
        return cls(*found)

    @classmethod
    def through(
        cls, read: Connection, tenant: str, periods: Sequence[PromotionPeriod], city: City
    ) -> "dict[PromotionPeriod, Numbers]":
        """Return those of each of some periods in a row; what holds in the first and in the last holds between them.

        :raise CityError: the city's plugin does not answer.
        """
        first, last = (cls.on(read, tenant, item.effective_on, city) for item in (periods[0], periods[-1]))
        if first == last:
            return dict.fromkeys(periods, first)
        return {item: cls.on(read, tenant, item.effective_on, city) for item in periods}


@dataclass(frozen=True, slots=True)
class _Read:
    """The rows of some employees, by employee."""

    people: Mapping[int, AnyRow]
    ranks: Mapping[int, list[AnyRow]]
    education: Mapping[int, list[AnyRow]]
    sanctions: Mapping[int, list[AnyRow]]
    credits: Mapping[int, list[AnyRow]]
    results: Mapping[int, list[AnyRow]]


def facts_of(
    read: Connection, tenant: str, members: Sequence[StaffMember], period: PromotionPeriod, numbers: Numbers
) -> dict[int, CareerFacts]:
    """Return what is known of some employees for a period, by employee."""
    rows = _rows(read, tenant, members)
    return {member.id: _facts(member, period, numbers, rows) for member in members if member.id in rows.people}


def facts_by_period(
    read: Connection, tenant: str, member: StaffMember, periods: Mapping[PromotionPeriod, Numbers]
) -> dict[PromotionPeriod, CareerFacts]:
    """Return what is known of an employee for each of some periods, with the numbers that hold in it."""
    rows = _rows(read, tenant, [member])
    return {period: _facts(member, period, numbers, rows) for period, numbers in periods.items()}


def ranks_of(read: Connection, tenant: str, employee_id: int) -> tuple[HeldRank, ...]:
    """Return all ranks of an employee, the newest first, also those that are still to begin."""
    return tuple(_rank_of(row) for row in _asked(read, tenant, _ranks, [employee_id]))[::-1]


def education_of(read: Connection, tenant: str, employee_id: int) -> tuple[Schooling, ...]:
    """Return the education of an employee, the latest first."""
    return tuple(_schooling_of(row) for row in _asked(read, tenant, _education, [employee_id]))[::-1]


def ranks_since(read: Connection, tenant: str, people: Sequence[int]) -> dict[int, HeldRank]:
    """Return the newest rank of each of some employees: enough to see whose time may have come."""
    newest = {row.employee_id: row for row in _asked(read, tenant, _ranks, people)}
    return {person: _rank_of(newest[person]) for person in people if person in newest}


def _rows(read: Connection, tenant: str, members: Sequence[StaffMember]) -> _Read:
    people = [member.id for member in members]
    persons = {row.id: row for row in _asked(read, tenant, _employees, people)}
    tables = (_ranks, _education, _sanctions, _credits, _results)
    return _Read(persons, *(_by_employee(_asked(read, tenant, statements, people)) for statements in tables))


def _asked(read: Connection, tenant: str, statements: tuple[Any, Any], people: Sequence[int]) -> Iterable[AnyRow]:
    everybody, some = statements
    # All at once: taking rows one by one costs as much as reading them.
    if len(people) > _BY_NAME:
        return read.execute(everybody, {"tenant": tenant}).all()
    return read.execute(some, {"tenant": tenant, "people": people}).all()


def _by_employee(rows: Iterable[AnyRow]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.employee_id, []).append(row)
    return found


def _facts(member: StaffMember, period: PromotionPeriod, numbers: Numbers, rows: _Read) -> CareerFacts:
    day, person = period.effective_on, rows.people[member.id]
    ranks = [_rank_of(row) for row in rows.ranks.get(member.id, ()) if row.valid_from < day]
    held = ranks[-1] if ranks else None
    quarters = _quarters(rows.results.get(member.id, ()))
    least = int(numbers.annual.values["least_quarters"])
    facts = CareerFacts(
        member,
        person.kind,
        period,
        person.active_from,
        held,
        highest_education((_schooling_of(row) for row in rows.education.get(member.id, ())), day),
        tuple(annual_result(year, quarters.get(year, {}), least) for year in period.judged_years),
        tuple(_sanction_of(row) for row in rows.sanctions.get(member.id, ())),
        _retires_on(member, numbers),
    )
    level = functional_level(member.post_name, facts.grade) if facts.route == FUNCTIONAL else None
    if level is None or facts.grade is None:
        return facts
    kept = [_entry_of(row) for row in rows.credits.get(member.id, ())]
    open_years = _open_years(kept, quarters, facts, level, numbers)
    schools = [_schooling_of(row) for row in rows.education.get(member.id, ())]
    diploma = _open_diploma(kept, schools, facts, level, numbers)
    entries = earned_in_rank([*kept, *open_years, *diploma], held.since if held is not None else None)
    counted = determine(level, facts.grade, (item.credit for item in entries), numbers.credit)
    return replace(facts, level=level, credits=entries, determination=counted)


def _open_years(
    kept: Sequence[CreditEntry],
    quarters: Mapping[int, Mapping[int, Predicate]],
    facts: CareerFacts,
    level: Level,
    numbers: Numbers,
) -> list[CreditEntry]:
    """Return the credit of the years whose results nobody has recorded as credit yet."""
    since, day = (facts.rank.since if facts.rank is not None else None), facts.period.effective_on
    least = int(numbers.annual.values["least_quarters"])
    years = [year for year in sorted(quarters) if year < day.year and not is_covered(year, kept)]
    found = ((year, annual_result(year, quarters[year], least).predicate) for year in years)
    return [
        _converted(year, predicate, since, level, numbers)
        for year, predicate in found
        if predicate is not None and (since is None or since.year <= year)
    ]


def _open_diploma(
    kept: Sequence[CreditEntry], schools: Sequence[Schooling], facts: CareerFacts, level: Level, numbers: Numbers
) -> list[CreditEntry]:
    """Return the credit of a higher diploma of the present rank that nobody has recorded as credit yet.

    What was determined before (PAK) counts the diplomas up to its last day.
    """
    predicate = next((item.predicate for item in reversed(facts.years) if item.predicate is not None), None)
    if facts.rank is None or predicate is None:
        return []
    before = [item.last + timedelta(days=1) for item in kept if item.credit.kind is CreditKind.BEFORE]
    found = higher_diploma(schools, max([facts.rank.since, *before]), facts.period.effective_on)
    had_before = any(item.credit.kind is CreditKind.DIPLOMA and item.credit.level is level for item in kept)
    credit = diploma_bonus(level, predicate, numbers.credit, had_before=had_before) if found is not None else None
    if found is None or credit is None:
        return []
    return [CreditEntry(credit, found.graduated_on, found.graduated_on, predicate, "", is_kept=False)]


def _converted(year: int, predicate: Predicate, since: date | None, level: Level, numbers: Numbers) -> CreditEntry:
    first = max(date(year, 1, 1), since or date(year, 1, 1))
    credit = convert(predicate, 13 - first.month, level, numbers.credit)
    return CreditEntry(credit, first, date(year, 12, 31), predicate, "", is_kept=False)


def _quarters(rows: Iterable[AnyRow]) -> dict[int, dict[int, Predicate]]:
    """Return the predicates that hold by year and quarter: the highest version does."""
    found: dict[int, dict[int, Predicate]] = {}
    for row in rows:
        found.setdefault(row.year, {})[row.quarter] = _PREDICATES[row.predicate]
    return found


def _retires_on(member: StaffMember, numbers: Numbers) -> date | None:
    try:
        birth = parse_nip(member.nip, lenient=True).birth_date
    except InvalidNip:
        return None
    found = retirement_of(
        birth, level=member.level, family=member.family, post=member.post_name or "", ages=numbers.ages.values
    )
    return found.day


def _rank_of(row: AnyRow) -> HeldRank:
    return HeldRank(row.grade, row.valid_from, row.decree, row.case_id)


def _schooling_of(row: AnyRow) -> Schooling:
    return Schooling(EducationLevel(row.level), row.subject, row.graduated_on)


def _sanction_of(row: AnyRow) -> HeldSanction:
    return HeldSanction(Measure(row.measure), row.valid_from, row.valid_to, row.decree)


def _entry_of(row: AnyRow) -> CreditEntry:
    kind, level = CreditKind(row.kind), Level(row.level)
    if kind is CreditKind.CONVERSION:
        credit = Credit(kind, level, row.months, row.percent, row.coefficient)
    else:
        credit = Credit(kind, level, percent=row.percent or Decimal(0), given=row.credit)
    predicate = Predicate(row.predicate) if row.predicate is not None else None
    return CreditEntry(credit, row.first_day, row.last_day, predicate, row.source, is_kept=True)
