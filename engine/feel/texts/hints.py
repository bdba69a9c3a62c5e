"""Sentences that say which values a built-in function takes."""

from engine.feel.texts.words import Catalogue

HINTS: Catalogue = {
    "": ("", ""),
    "date": ("Contoh: 2026-03-31.", "Example: 2026-03-31."),
    "time": ("Contoh: 08:30:00.", "Example: 08:30:00."),
    "date and time": ("Contoh: 2026-03-31T08:30:00+07:00.", "Example: 2026-03-31T08:30:00+07:00."),
    "duration": ("Contoh: P14D, PT4H, P1Y6M.", "Examples: P14D, PT4H, P1Y6M."),
    "number": ("Contoh: 82.5.", "Example: 82.5."),
    "texts": (
        "Setiap butirnya harus teks; ubah dengan string().",
        "Each of its items must be a string; make it one with string().",
    ),
    "whole": ("Gunakan bilangan bulat dalam batas.", "Use a whole number within bounds."),
    "separator": (
        "Pemisah ribuan: spasi, koma, atau titik; pemisah desimal: titik atau koma; keduanya berbeda.",
        "Grouping: space, comma or point; decimal: point or comma; the two must differ.",
    ),
    "zero": ("Nilainya tidak boleh nol.", "It must not be zero."),
    "positive": (
        "Gunakan bilangan positif (nol hanya untuk akar).",
        "Use a positive number (zero for a root only).",
    ),
    "position": (
        "Gunakan nomor urut yang ada: mulai dari 1, atau dari -1 di belakang.",
        "Use a position that exists: from 1, or from -1 at the end.",
    ),
    "keys": (
        "Tuliskan kunci sebagai teks, satu atau lebih, menuju konteks yang ada.",
        "Write the keys as strings, one or more, that lead through contexts that exist.",
    ),
    "range": ('Contoh: [1..10), ("a".."f"].', 'Examples: [1..10), ("a".."f"].'),
    "empty_match": (
        "Pola itu juga cocok dengan teks kosong. Ganti '*' dengan '+', misalnya.",
        "The pattern matches the empty string too. Use '+' instead of '*', for instance.",
    ),
    "replacement": (
        "Di sini '$' dan '\\' mempunyai arti: $1 untuk kelompok, \\$ dan \\\\ untuk tanda itu sendiri.",
        "Here '$' and '\\' mean something: $1 for a group, \\$ and \\\\ for the signs themselves.",
    ),
}
