"""What can be imported, as the page lists it."""

from datetime import UTC, datetime

from processes.people.imports.runs import ImportUse
from webapp.people.import_listing import MOST_USED, list_kinds
from webapp.wiring import import_groups, import_kinds

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)


def used(**times: int) -> dict[str, ImportUse]:
    return {name.replace("_", "-"): ImportUse(count, MONDAY) for name, count in times.items()}


def test_what_a_city_imports_most_comes_first() -> None:
    listing = list_kinds(import_groups(), used(units=1, attendance=11, leave=4), "")

    assert [entry.name for entry in listing.often] == ["attendance", "leave", "units"]


def test_of_those_imported_equally_often_the_latest_comes_first() -> None:
    uses = {"units": ImportUse(1, SUNDAY), "allowance-ceilings": ImportUse(1, MONDAY)}

    assert [entry.name for entry in list_kinds(import_groups(), uses, "").often] == ["allowance-ceilings", "units"]


def test_a_kind_that_was_last_imported_long_ago_is_not_among_them() -> None:
    listing = list_kinds(import_groups(), used(units=0), "")

    assert listing.often == ()
    assert listing.subjects[0].entries[0].last == MONDAY


def test_only_a_few_are_listed_as_used_most() -> None:
    uses = {name: ImportUse(1, MONDAY) for name in import_kinds()}

    assert len(list_kinds(import_groups(), uses, "").often) == MOST_USED


def test_words_find_kinds_by_their_subject_and_their_columns_too() -> None:
    by_subject = list_kinds(import_groups(), used(units=3), "PELATIHAN sesi")
    by_column = list_kinds(import_groups(), {}, "nama hari libur")

    assert [entry.name for subject in by_subject.subjects for entry in subject.entries] == ["training-sessions"]
    assert [entry.name for subject in by_column.subjects for entry in subject.entries] == ["holidays"]
    assert by_subject.often == ()
