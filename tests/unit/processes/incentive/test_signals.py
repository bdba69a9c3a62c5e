"""Patterns that somebody should look at: each with its people and days."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.errors import AlreadyDone, EngineError
from engine.policy.actor import system_actor
from processes.incentive.commands.find_signals import FindSignals
from processes.incentive.commands.handle_signal import AssignSignal, CloseSignal, NoteMissing, NotOfAgency
from processes.incentive.signals import Signal, corrections, signals
from processes.incentive.signals.kept import KeptSignal, open_signals, signals_of_month
from tests.unit.processes.incentive.treasury import MAY, WORKING, Treasury
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, KEPSEK

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
    row = ("incentive.signals", "2026.3", "2026-01-01", "Kota")
    least = {"identical_days": "8", "same_minute_days": "30", "all_highest_people": "3", "corrections": "4"}
    treasury.load("parameters", *((*row, name, value) for name, value in least.items()))
    best = ("2026", "1", "", "Di atas ekspektasi", "Di atas ekspektasi", "Sangat Baik")
    treasury.load("results", *((nip, *best) for nip in (KEPSEK, GURU, GURU_2)))

    (signal,) = found(treasury).values()

    assert (signal.code, signal.count, signal.quarter) == ("all_highest", 3, "2026-1")


def correction(day: int, person: int = 1, **more: Any) -> Any:
    """Return an approved correction as the records give it."""
    usual = {"sha256": "a" * 64, "proposed_by": 8, "decided_by": 9, "decided_at": datetime(2026, 6, 3, tzinfo=UTC)}
    return SimpleNamespace(employee_id=person, day=date(2026, 5, day), **{**usual, **more})


def test_one_file_behind_many_corrections_is_a_signal() -> None:
    rows = [correction(day, person) for person in (1, 2) for day in (4, 5, 6)]

    (signal,) = corrections.same_evidence([*rows, correction(7, sha256="b" * 64)], 5)

    assert (signal.employees, signal.count, len(signal.days)) == ((1, 2), 6, 3)


def test_two_people_who_correct_each_other_are_a_signal() -> None:
    rows = [correction(4, 1, decided_by=2), correction(5, 2, proposed_by=1), correction(6, 3, decided_by=1)]

    (signal,) = corrections.each_other(rows, 2)

    assert (signal.employees, signal.about) == ((1, 2), "1-2")


def test_corrections_after_the_lock_are_a_signal_and_those_before_are_not() -> None:
    rows = [correction(4), correction(5, 2), correction(6, decided_at=datetime(2026, 5, 20, tzinfo=UTC))]

    (signal,) = corrections.after_lock(rows, datetime(2026, 6, 1, tzinfo=UTC), 2)

    assert (signal.employees, signal.count) == ((1, 2), 2)
    assert list(corrections.after_lock(rows, None, 2)) == []


@pytest.fixture
def flagged(treasury: Treasury) -> Treasury:
    """Two teachers came and went in the same minutes all month, and it was noted."""
    treasury.attend(KEPSEK, WORKING, **OTHER)
    for nip in (GURU, GURU_2):
        treasury.attend(nip, WORKING, **ALONE)
    treasury.run(FindSignals(treasury.school, MAY), system_actor(CITY))
    treasury.grant(KADIS, "hr_verifier")
    treasury.grant(GURU, "hr_verifier")
    return treasury


def kept(treasury: Treasury, *, is_open: bool = True) -> tuple[KeptSignal, ...]:
    with treasury.reading() as read:
        return signals_of_month(read, CITY, MAY, is_open=is_open)[0]


def test_a_signal_is_found_once_and_counted_by_unit(flagged: Treasury) -> None:
    again = flagged.run(FindSignals(flagged.school, MAY), system_actor(CITY))

    (signal,) = kept(flagged)
    with flagged.reading() as read:
        assert (again.value, open_signals(read, CITY, MAY)) == (0, {flagged.school: 1})
    assert signal.signal.days == tuple(WORKING)


def test_a_signal_is_looked_at_by_somebody_and_closed_with_a_note(flagged: Treasury) -> None:
    (signal,), verifier = kept(flagged), flagged.actor(KADIS, "hr_verifier")
    flagged.run(AssignSignal(signal.id, flagged.person(KADIS)), verifier)
    with pytest.raises(NoteMissing):
        flagged.run(CloseSignal(signal.id, "ok"), verifier)

    flagged.run(CloseSignal(signal.id, "Keduanya berangkat bersama; rekaman CCTV cocok."), verifier)

    (done,) = kept(flagged, is_open=False)
    assert (kept(flagged), done.status, done.assignee) == ((), "closed", flagged.person(KADIS))
    with pytest.raises(AlreadyDone):
        flagged.run(CloseSignal(signal.id, "Sekali lagi ditutup."), verifier)
    assert flagged.run(FindSignals(flagged.school, MAY), system_actor(CITY)).value == 0


def test_whom_it_is_about_neither_handles_a_signal_nor_is_given_it(flagged: Treasury) -> None:
    (signal,) = kept(flagged)

    with pytest.raises(EngineError):
        flagged.run(CloseSignal(signal.id, "Tidak ada apa-apa."), flagged.actor(GURU, "hr_verifier"))
    for nip in (GURU, KABID):  # one is concerned, the other not of the agency
        with pytest.raises(NotOfAgency):
            flagged.run(AssignSignal(signal.id, flagged.person(nip)), flagged.actor(KADIS, "hr_verifier"))


def test_a_signal_changes_no_slip(flagged: Treasury) -> None:
    before = flagged.compute().digest
    (signal,) = kept(flagged)

    flagged.run(CloseSignal(signal.id, "Presensi memang dititipkan."), flagged.actor(KADIS, "hr_verifier"))

    assert flagged.compute().digest == before
