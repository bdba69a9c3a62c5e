"""Words that sentences are made with, in Indonesian and English: types of values, and what a place needs."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["id", "en"]
Catalogue = Mapping[str, tuple[str, str]]

KINDS: Catalogue = {
    "number": ("angka", "number"),
    "string": ("teks", "string"),
    "boolean": ("benar/salah (boolean)", "boolean"),
    "date": ("tanggal", "date"),
    "time": ("jam", "time"),
    "date and time": ("tanggal dan jam", "date and time"),
    "days and time duration": ("durasi hari/jam", "days and time duration"),
    "years and months duration": ("durasi tahun/bulan", "years and months duration"),
    "list": ("daftar", "list"),
    "context": ("konteks", "context"),
    "range": ("rentang", "range"),
    "function": ("fungsi", "function"),
    "null": ("kosong (null)", "null"),
    "any": ("nilai apa pun", "any value"),
}

EXPECTED: Catalogue = {
    "value": ("sebuah nilai", "a value"),
    "name": ("sebuah nama", "a name"),
    "key": ("sebuah kunci konteks", "a context key"),
    "type": ("nama jenis nilai", "a type name"),
    "range_end": ("')', ']' atau '[' penutup rentang", "')', ']' or '[' to close the range"),
}
