"""Units of measure in both languages."""

from decimal import Decimal

import pytest

from plugins.manager import Cities
from plugins.samples import all_positions, periods_of
from processes.appraisal.rules.units import unit_in

#: Said and written alike in both languages.
ALIKE = {"", "%", "IKM"}


@pytest.mark.parametrize("code", ["tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram"])
def test_every_unit_of_a_city_has_english_words(code: str) -> None:
    city = Cities.installed(only=(code,)).city(code)
    rule = city.info.rules[-1]
    found = {
        unit
        for position in all_positions(city)
        for item in city.indicators(position, periods_of(rule)[0], rule)
        for unit in (item.unit, *(field.unit for field in item.inputs))
    }

    assert {unit for unit in found - ALIKE if unit_in(unit, "en") == unit} == set()


def test_one_is_said_otherwise_than_many_and_indonesian_stays() -> None:
    assert [unit_in("hari", "en", Decimal(number)) for number in (1, 3)] == ["day", "days"]
    assert unit_in("hari", "id", Decimal(3)) == "hari"
    assert unit_in("kunjungan", "en") == "kunjungan"
