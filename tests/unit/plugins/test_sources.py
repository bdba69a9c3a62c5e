"""What a result page says of a figure that no person entered: its source in the reader's language."""

from itertools import product

from plugins.manager import Cities
from processes.people.city import Indicator, Period, PositionFacts, PositionLevel, UnitKind, Who

CITIES = Cities.installed()
PERIODS = (Period.quarter(2025, 4), Period.quarter(2026, 3))


def indicators() -> set[Indicator]:
    """All indicators of all cities."""
    found = set[Indicator]()
    for code in CITIES.codes:
        city = CITIES.city(code)
        families = [family.code for family in city.info.families] or [""]
        for family, level, kind, period in product(families, PositionLevel, UnitKind, PERIODS):
            found |= set(city.indicators(PositionFacts(family, level, kind), period))
    return found


def test_the_source_of_what_a_system_counts_is_known_in_english() -> None:
    counted = [item for item in indicators() if item.fields_for(Who.SYSTEM)]

    assert len({item.source for item in counted}) > 4
    assert not [item.code for item in counted if not item.source_en or item.source_en == item.source]


def test_a_number_that_only_says_yes_or_no_is_declared_so_and_not_explained_in_its_label() -> None:
    fields = [field for item in indicators() for field in item.inputs]

    assert [field.label_en for field in fields if field.is_flag]
    assert not [field.label_id for field in fields if "1 bila" in field.label_id]
