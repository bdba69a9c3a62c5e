"""Collects what is wrong with a spec, and reads the small values that occur everywhere in it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeGuard

from forms.cleaning import InputError, clean_block, clean_line
from forms.dates import EARLIEST, LATEST
from forms.feel import Feel
from forms.spec.model import Problem
from forms.text import Text

NUMBER_SHAPE: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


class Report:
    """The problems found so far; every check adds to it and goes on.

    :param feel: says what is wrong with an expression; without it there may be none.
    """

    def __init__(self, feel: Feel | None = None) -> None:
        self.problems: list[Problem] = []
        self.feel = feel

    def add(self, path: str, indonesian: str, english: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(path, Text(indonesian, english)))

    def is_object(self, value: object, path: str) -> TypeGuard[dict[str, Any]]:
        """Return whether the value is an object with text keys, noting it if not."""
        good = isinstance(value, dict) and all(isinstance(key, str) for key in value)
        if not good:
            self.add(path, "Harus berupa objek {…}. Tulis sebagai objek.", "Must be an object {…}. Write an object.")
        return good

    def is_list(self, value: object, path: str, *, least: int, most: int) -> TypeGuard[list[Any]]:
        """Return whether the value is a list of an allowed length, noting it if not."""
        good = isinstance(value, list) and least <= len(value) <= most
        if not good:
            self.add(
                path,
                f"Harus berupa daftar […] berisi {least} sampai {most} butir. Sesuaikan daftarnya.",
                f"Must be a list […] of {least} to {most} entries. Adjust the list.",
            )
        return good

    def keys(self, plain: dict[str, Any], path: str, *, allowed: frozenset[str], needed: tuple[str, ...]) -> None:
        """Note missing and unknown keys."""
        for key in needed:
            if key not in plain:
                self.add(path, f"Kunci “{key}” belum ada. Tambahkan.", f"Key '{key}' is missing. Add it.")
        for key in plain:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                name = shown(key)
                self.add(
                    join(path, name),
                    f"Kunci “{name}” tidak dikenal di sini. Hapus, atau pakai salah satu: {known}.",
                    f"Key '{name}' is not known here. Delete it or use one of: {known}.",
                )

    def text(self, value: object, path: str, limit: int) -> None:
        """Note a text that is not given in both languages."""
        if not self.is_object(value, path):
            return
        self.keys(value, path, allowed=frozenset({"id", "en"}), needed=("id", "en"))
        for language in ("id", "en"):
            if language in value and not _is_text(value[language], limit):
                self.add(
                    f"{path}.{language}",
                    f"Harus berupa teks 1 sampai {limit} karakter tanpa karakter kendali. Tulis ulang teksnya.",
                    f"Must be text of 1 to {limit} characters without control characters. Write it again.",
                )

    def whole(self, value: object, path: str, *, least: int, most: int) -> None:
        """Note what is not a whole number between two bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.add(
                path,
                f"Harus bilangan bulat dari {least} sampai {most}. Perbaiki angkanya.",
                f"Must be a whole number from {least} to {most}. Correct the number.",
            )

    def flag(self, value: object, path: str) -> None:
        """Note what is neither true nor false."""
        if not isinstance(value, bool):
            self.add(path, "Harus true atau false. Pilih salah satu.", "Must be true or false. Choose one.")


def join(path: str, key: str) -> str:
    """Return the path of a key inside an object."""
    return f"{path}.{key}" if path else key


def shown(value: object) -> str:
    """Return a short, printable form of any value for a message."""
    return ascii(value)[:60].strip("'\"")


def is_line(value: object, limit: int) -> TypeGuard[str]:
    """Return whether the value is one clean, non-empty line."""
    try:
        return isinstance(value, str) and bool(value) and clean_line(value, limit) == value
    except InputError:
        return False


def as_number(value: object) -> Decimal | None:
    """Return a whole number, or a number written as text with a decimal point; None for anything else.

    A JSON number with a point is refused: it has been a binary float on its way here.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and NUMBER_SHAPE.fullmatch(value) else None


def as_date(value: object) -> date | None:
    """Return a day written as year-month-day, between 1900 and 2100; None for anything else."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-08-17") else None
    except ValueError:
        return None
    return day if day is not None and EARLIEST <= day <= LATEST else None


def _is_text(value: object, limit: int) -> bool:
    try:
        return isinstance(value, str) and bool(clean_block(value, limit))
    except InputError:
        return False
