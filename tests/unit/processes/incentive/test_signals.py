"""Patterns that somebody should look at: each with its people and days."""

from processes.incentive.signals import Signal, signals
from tests.unit.processes.incentive.treasury import MAY, WORKING, Treasury
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK

ALONE = {f"d{day.day}": ("Hadir", f"07:{day.day:02}", "16:30") for day in WORKING}
OTHER = {f"d{day.day}": ("Hadir", f"06:{day.day:02}", "16:00") for day in WORKING}


def found(treasury: Treasury) -> dict[str, Signal]:
    with treasury.reading() as read:
        city = treasury.engine.directory.city(CITY)
        return {item.code: item for item in signals(read, CITY, treasury.school, MAY, city=city)}


def test_two_people_in_the_same_minutes_again_and_again_are_a_signal(treasury: Treasury) -> None:
    treasury.attend(KEPSEK, WORKING, **OTHER)
    for nip in (GURU, GURU_2):
        treasury.attend(nip, WORKING, **ALONE)

    (signal,) = found(treasury).values()

    assert (signal.code, set(signal.employees)) == ("identical_times", {treasury.person(GURU), treasury.person(GURU_2)})
    assert signal.days == tuple(WORKING)
    assert "dititipkan" in signal.text() and f"{len(WORKING)} days" in signal.text("en")


def test_a_whole_unit_that_starts_at_once_is_not_a_pair(treasury: Treasury) -> None:
    for nip in (KEPSEK, GURU, GURU_2):
        treasury.attend(nip, WORKING, **ALONE)

    assert found(treasury) == {}


def test_the_same_minute_every_day_is_a_signal(treasury: Treasury) -> None:
    assert set(found(treasury)) == {"same_minute"}


def test_a_unit_in_which_everybody_is_best_is_a_signal(treasury: Treasury) -> None:
    row = ("incentive.signals", "2026.2", "2026-01-01", "Kota")
    least = {"identical_days": "8", "same_minute_days": "30", "all_highest_people": "3", "corrections": "4"}
    treasury.load("parameters", *((*row, name, value) for name, value in least.items()))
    best = ("2026", "1", "", "Di atas ekspektasi", "Di atas ekspektasi", "Sangat Baik")
    treasury.load("results", *((nip, *best) for nip in (KEPSEK, GURU, GURU_2)))

    (signal,) = found(treasury).values()

    assert (signal.code, signal.count, signal.quarter) == ("all_highest", 3, "2026-1")
