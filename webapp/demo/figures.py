"""Made-up targets, numbers and results that a city's own rules accept."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from processes.appraisal.rules import rating_matrix
from processes.people.city import City, Direction, Indicator, MeasureField, Period, PositionFacts, Rating, Who
from webapp.demo.dates import DemoDates
from webapp.demo.town import Person, Town

Row = tuple[object, ...]

#: Numbers that belong together, by the names of an indicator's fields: lowest and highest.
_TOGETHER: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {
    ("on_time", "received"): (("17", "20"), ("20", "20")),
    ("in_time", "entries"): (("18", "20"), ("20", "20")),
    ("on_time", "due", "reopened"): (("54", "60"), ("60", "60"), ("0", "2")),
    ("approved", "due"): (("57", "60"), ("60", "60")),
    ("linked", "approved"): (("46", "57"), ("60", "60")),
    ("in_standard", "done"): (("85", "100"), ("100", "100")),
    ("active", "pupils"): (("230", "300"), ("420", "420")),
    ("pre_mean", "post_mean", "tested", "enrolled", "excused"): (
        ("58", "64"),
        ("66", "74"),
        ("31", "32"),
        ("32", "32"),
        ("0", "0"),
    ),
    ("mean", "n"): (("3.2", "3.7"), ("12", "120")),
    ("ikm", "n"): (("76", "92"), ("31", "120")),
    ("ikm",): (("74", "92"),),
    ("hours",): (("15", "24"),),
}
_PEER = ("76", "94")
_PEERS = 5
_RATINGS = {
    (Rating.DIATAS_EKSPEKTASI, Rating.DIATAS_EKSPEKTASI): 15,
    (Rating.SESUAI_EKSPEKTASI, Rating.SESUAI_EKSPEKTASI): 55,
    (Rating.SESUAI_EKSPEKTASI, Rating.DIATAS_EKSPEKTASI): 10,
    (Rating.DIATAS_EKSPEKTASI, Rating.SESUAI_EKSPEKTASI): 6,
    (Rating.DIBAWAH_EKSPEKTASI, Rating.SESUAI_EKSPEKTASI): 10,
    (Rating.SESUAI_EKSPEKTASI, Rating.DIBAWAH_EKSPEKTASI): 3,
    (Rating.DIBAWAH_EKSPEKTASI, Rating.DIBAWAH_EKSPEKTASI): 1,
}
_VALUES = {
    Rating.DIATAS_EKSPEKTASI: ("110", "116"),
    Rating.SESUAI_EKSPEKTASI: ("92", "109"),
    Rating.DIBAWAH_EKSPEKTASI: ("68", "89"),
}


def position_of(person: Person, city: City) -> PositionFacts:
    """Return a person's post as the city's rules see it; a family that the city does not tell apart is general."""
    known = {family.code for family in city.info.families}
    family = person.seat.family if person.seat.family in known else "general"
    return PositionFacts(family, person.seat.level, person.unit.kind)


def target_rows(town: Town, city: City, dates: DemoDates, chance: Random) -> Iterator[Row]:
    """Yield what the plans of the open quarter's year agreed: near the city's own target, a little higher or lower."""
    year = dates.current[0]
    for person in town.people:
        for indicator in city.indicators(position_of(person, city), Period.year(year)):
            if indicator.target is not None and indicator.direction is not Direction.RUBRIC:
                yield person.nip, year, indicator.code, indicator.baseline, _target(indicator, chance), None


def _target(indicator: Indicator, chance: Random) -> Decimal:
    target = indicator.target or Decimal(0)
    if indicator.direction is Direction.IMPROVE or indicator.level.value in ("opd", "unit"):
        return target  # one number for everybody whom the unit's result counts for
    return _between(chance, (target * Decimal("0.98"), target * Decimal("1.02")), 0)


def realisation_rows(
    town: Town, city: City, dates: DemoDates, chance: Random, *, who: Who, units: frozenset[str]
) -> Iterator[Row]:
    """Yield the current quarter's numbers of the people of some units, as far as `who` enters them."""
    year, quarter = dates.current
    for person in town.people:
        if person.unit.code not in units or person.has_retired:
            continue
        for indicator in city.indicators(position_of(person, city), Period.quarter(year, quarter)):
            for field, value in _numbers(indicator, chance):
                if field.who is who:
                    yield person.nip, year, quarter, indicator.code, field.name, value


def unit_figure_rows(town: Town, city: City, dates: DemoDates, chance: Random) -> Iterator[Row]:
    """Yield each unit's satisfaction index, answers and attendance, and what the city's indicators ask of units."""
    for unit in town.plan.units:
        for year, quarter in dates.quarters:
            ikm = _between(chance, ("74", "92"))
            attendance = _between(chance, ("94", "99.5"))
            yield unit.code, year, quarter, ikm, chance.randint(32, 400), attendance, None, None
        for name, value in _asked_of_unit(town, unit.code, city, dates, chance).items():
            yield unit.code, *dates.current, None, None, None, name, value


def _asked_of_unit(town: Town, unit: str, city: City, dates: DemoDates, chance: Random) -> dict[str, Decimal]:
    asked: dict[str, Decimal] = {}
    positions = {position_of(person, city) for person in town.people if person.unit.code == unit}
    for position in sorted(positions, key=str):
        for indicator in city.indicators(position, Period.quarter(*dates.current)):
            for field, value in _numbers(indicator, chance):
                if field.who is Who.UNIT and field.name not in ("ikm", "n", "attendance"):
                    asked.setdefault(f"{indicator.code}__{field.name}", value)
    return asked


def _numbers(indicator: Indicator, chance: Random) -> Iterator[tuple[MeasureField, Decimal]]:
    together = _TOGETHER.get(tuple(field.name for field in indicator.inputs))
    for place, field in enumerate(indicator.inputs):
        if together is not None:
            yield field, _between(chance, together[place], field.decimals)
        elif field.name.startswith("peer_"):
            if int(field.name.removeprefix("peer_")) <= _PEERS:
                yield field, _between(chance, _PEER, field.decimals)
        elif field.name == "provisional":
            yield field, Decimal(0)
        elif field.who is not Who.APPRAISER:
            yield field, _near_target(indicator, field, chance)


def _near_target(indicator: Indicator, field: MeasureField, chance: Random) -> Decimal:
    target, baseline = indicator.target or Decimal(100), indicator.baseline or Decimal(0)
    low, high = {
        Direction.DOWN: (target * Decimal("0.75"), target * Decimal("1.1")),
        Direction.IMPROVE: (baseline + (target - baseline) / 2, target + (target - baseline) / 5),
    }.get(indicator.direction, (target * Decimal("0.92"), target * Decimal("1.08")))
    value = _between(chance, (low, high), field.decimals)
    return min(value, field.maximum) if field.maximum is not None else value


def result_rows(town: Town, dates: DemoDates, chance: Random) -> Iterator[Row]:
    """Yield the results of the past quarters; the Sekda has none, because the head of the region appraises him."""
    matrix = rating_matrix()
    for year, quarter in dates.past:
        for person in town.people:
            appraiser = town.appraiser(person)
            if appraiser is None:
                continue
            work, behaviour = chance.choices(list(_RATINGS), weights=list(_RATINGS.values()))[0]
            value = _between(chance, _VALUES[work])
            ratings = (work.value, behaviour.value, matrix[work, behaviour].value)
            yield person.nip, year, quarter, value, *ratings, appraiser.nip, person.unit.code


def _between(chance: Random, bounds: tuple[Decimal | str, Decimal | str], places: int = 2) -> Decimal:
    step = Decimal(1).scaleb(-places)
    first, last = (int((Decimal(bound) / step).to_integral_value(ROUND_HALF_UP)) for bound in bounds)
    return chance.randint(first, max(first, last)) * step
