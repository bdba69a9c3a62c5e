"""Opens an .xlsx file that may be hostile: its size is checked before it is unpacked, and entities are refused."""

import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import load_workbook

from processes.people.imports.problems import BadFile

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 500
MAX_SHEETS = 50
# Deflate reaches about 1000 to 1; spreadsheets of repeated rows stay below 100 to 1.
MAX_RATIO = 200
SMALL_PART = 1024 * 1024
_CHUNK = 1024 * 1024


@contextmanager
def open_workbook(content: bytes) -> Generator[Any]:
    """Give the read-only workbook of a checked file; formulas stay visible as formulas.

    :raise BadFile: it is damaged, locked, or unpacks to far more than a spreadsheet holds.
    """
    _check_parts(content)
    with warnings.catch_warnings():
        # openpyxl warns of extensions, styles and headers that it does not know; none of them is data.
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        workbook = _load(content)
        try:
            yield workbook
        finally:
            workbook.close()


def _load(content: bytes) -> Any:
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        # openpyxl answers a malformed part with whatever its parser happened to raise.
        raise BadFile("file_damaged") from error
    if len(workbook.sheetnames) > MAX_SHEETS:
        workbook.close()
        raise BadFile("file_bomb")
    return workbook


def _check_parts(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                _check_xml(archive, part)
    except BadFile:
        raise
    except Exception as error:
        # A damaged archive raises whatever zipfile, zlib or struct stumble over.
        raise BadFile("file_damaged") from error


def _check_sizes(parts: list[ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise BadFile("file_bomb")
    for part in parts:
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadFile("file_damaged")  # no spreadsheet program uses the others, whose ratios have no bound
        if part.file_size > SMALL_PART and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise BadFile("file_bomb")


def _check_xml(archive: ZipFile, part: ZipInfo) -> None:
    """Refuse a part with a document type: nothing writes one into a spreadsheet but an attack by entities."""
    if not part.filename.endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(part) as stream:
        tail = b""
        for number, chunk in enumerate(iter(lambda: stream.read(_CHUNK), b"")):
            if b"<!DOCTYPE" in tail + chunk or (number == 0 and not _is_utf8_xml(chunk)):
                raise BadFile("file_damaged")
            tail = chunk[-9:]


def _is_utf8_xml(start: bytes) -> bool:
    # Another encoding could hide a document type from the search above.
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and b"\0" not in start[:100]


def sheet_rows(sheet: Any, max_columns: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet with at most so many cells each; the size that the file claims is not believed.

    :raise BadFile: the sheet cannot be read to its end.
    """
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_col=max_columns)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            # As above: a malformed sheet raises whatever the parser stumbles over.
            raise BadFile("file_damaged") from error
        yield row
