"""Files as people save them are read; files that would harm are refused."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from processes.people.imports.problems import BadCell, BadFile
from processes.people.imports.sheets import MAX_BYTES, MAX_ROWS, Source, open_source, read_raw


def cells(content: bytes, name: str = "file") -> list[tuple[Any, ...]]:
    return [_without_padding(row.cells) for row in read_raw(Source(name, content))]


def _without_padding(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(cell for place, cell in enumerate(row) if place < 6)


def refusal(content: bytes, name: str = "file") -> str:
    with pytest.raises(BadFile) as caught:
        cells(content, name)
    return caught.value.code


def workbook(*rows: list[Any], **formats: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place, number_format in formats.items():
        sheet[place].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    ["\ufeffnama;unit\nGita, S.Pd.;SMP\n", 'nama,unit\r\n"Gita, S.Pd.",SMP\r\n', "sep=;\nnama;unit\nGita, S.Pd.;SMP"],
)
def test_text_files_are_read_with_semicolons_or_commas(text: str) -> None:
    assert cells(text.encode()) == [("nama", "unit"), ("Gita, S.Pd.", "SMP")]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    rows = list(read_raw(Source("file", b"nama;unit\n\n;\nGita;SMP\n")))

    assert [row.number for row in rows] == [1, 4]


def test_a_spreadsheet_gives_text_days_and_exact_numbers() -> None:
    content = workbook(["  Gita   Guru ", date(2026, 8, 17), 0.1 + 0.2, 12, None, "-"])

    assert cells(content) == [("Gita Guru", date(2026, 8, 17), Decimal("0.3"), 12, None, None)]


def test_a_cell_that_shows_percent_means_what_it_shows() -> None:
    assert cells(workbook([0.955, 1], A1="0.0%", B1="0%"))[0][:2] == (Decimal("95.5"), Decimal(100))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(["=1+1"]), "formula"),
        (b"nama;unit\n=HYPERLINK(1);b", "formula"),
        (b"nama;unit\n@SUM(A1);b", "formula"),
        (workbook([datetime.fromisoformat("2026-08-17T13:30")]), "not_date"),
        (workbook(["x" * 2001]), "too_long"),
        ("nama;unit\nG\u202eita;b".encode(), "control_characters"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_the_others_are_read(content: bytes, code: str) -> None:
    bad = cells(content)[-1][0]

    assert isinstance(bad, BadCell)
    assert bad.code == code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old Excel", "pegawai.xls", "file_type"),
        (b"%PDF-1.7", "pegawai.pdf", "file_type"),
        (b"nama;unit\n\0;b", "pegawai.csv", "file_type"),
        ("nama\nGenap\u00e9".encode("latin-1"), "pegawai.csv", "file_encoding"),
        (b'nama;unit\n"never closed', "pegawai.csv", "file_damaged"),
        (b"PK\x03\x04 not a zip", "pegawai.xlsx", "file_damaged"),
        (packed(workbook=b"<a/>"), "pegawai.xlsx", "file_damaged"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_way_out(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name) == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(packed(sheet=b"<a>" + b" " * 5_000_000 + b"</a>")) == "file_bomb"


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<!--" + b"x" * 1_048_570 + b"--><!DOCTYPE a><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_a_spreadsheet_that_declares_entities_is_refused(part: bytes) -> None:
    content = packed(sheet=part)

    assert refusal(content) in ("file_damaged", "file_bomb")


def test_too_many_rows_are_refused() -> None:
    assert refusal(b"a\n" * (MAX_ROWS + 2)) == "too_many_rows"


def test_a_file_that_is_too_big_is_not_read_at_all() -> None:
    with pytest.raises(BadFile) as caught:
        open_source(b"x" * (MAX_BYTES + 1))

    assert caught.value.code == "file_too_big"
