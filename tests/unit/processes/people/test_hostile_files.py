"""Whatever a file holds, the answer is a list of problems or a plan, never an error, and nothing is written."""

import io
import random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from processes.people.records import employee
from tests.unit.forms.naughty import NAUGHTY
from tests.unit.processes.people.office import GURU, KINDS, PEOPLE, Office


def spreadsheet() -> dict[str, bytes]:
    """Return the parts of a good file of employees."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Pegawai")
    for row in (KINDS["employees"].template(), *PEOPLE):
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    with ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few changed, left out or doubled."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed))
        if chance.random() < 0.5:
            changed[place] = chance.choice(b'<>/"=09AZaz&;')
        elif chance.random() < 0.5:
            del changed[place : place + chance.randint(1, 30)]
        else:
            changed[place:place] = changed[place : place + 30]
    return bytes(changed)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_spreadsheet_is_answered_with_problems_or_read(office: Office, seed: int) -> None:
    chance, parts = random.Random(seed), spreadsheet()

    for _ in range(25):
        name = chance.choice(list(parts))
        inside = packed({**parts, name: damaged(parts[name], chance)})
        office.plan_file("employees", inside, "pegawai.xlsx")
        office.plan_file("employees", damaged(packed(parts), chance), "pegawai.xlsx")

    assert len(office.rows(employee)) == len(PEOPLE)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_naughty_strings_in_every_cell_are_answered(office: Office, kind: str) -> None:
    columns = KINDS[kind].columns

    for text in NAUGHTY.values():
        outcome = office.plan(kind, tuple(text for _ in columns))
        assert isinstance(outcome, list)
        assert all(problem.text_id and problem.text_en and problem.line() for problem in outcome)


def test_a_naughty_name_is_kept_as_it_is_or_refused(office: Office) -> None:
    for text in NAUGHTY.values():
        outcome = office.plan("employees", (GURU, "", text, "", "", "SMP-1", "GURU"))
        if not isinstance(outcome, list):
            assert outcome.rows[0]["name"] == " ".join(text.split())
