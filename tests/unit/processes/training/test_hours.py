"""Hours of training (JP): by year and by the city's fields."""

from datetime import date

from processes.training.queries.hours import TrainingRecord, hours_by_field, hours_in, last_trained


def record(field: str, hours: int, ended_on: date) -> TrainingRecord:
    return TrainingRecord(1, 1, "Pelatihan", None, field, hours, ended_on, "", f"S-{hours}", None)


RECORDS = (
    record("Pedagogik", 8, date(2026, 3, 1)),
    record("Manajerial", 12, date(2026, 5, 1)),
    record("Pedagogik", 6, date(2026, 12, 31)),
    record("Pedagogik", 40, date(2025, 12, 31)),
)


def test_hours_are_counted_by_field_and_year() -> None:
    assert hours_by_field(RECORDS, 2026) == {"Pedagogik": 14, "Manajerial": 12}
    assert hours_in(RECORDS, 2026) == 26


def test_the_city_s_own_fields_are_counted_also_without_hours() -> None:
    found = hours_by_field(RECORDS, 2026, ("Pedagogik", "Manajerial", "Pelayanan"))

    assert found == {"Pedagogik": 14, "Manajerial": 12, "Pelayanan": 0}


def test_the_last_training_is_the_newest_of_all_years() -> None:
    assert last_trained(RECORDS) == date(2026, 12, 31)
    assert last_trained(()) is None
