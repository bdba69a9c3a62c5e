"""Sentences for an expression that takes more than it may."""

from engine.feel.texts.words import Catalogue

BUDGET: Catalogue = {
    "steps": (
        "Ungkapan membutuhkan terlalu banyak langkah (paling banyak {limit}). Perkecil daftar atau perulangannya.",
        "The expression takes too many steps (at most {limit}). Make its lists or loops smaller.",
    ),
    "allocation": (
        "Ungkapan membuat data terlalu banyak (paling banyak {limit} butir). Perkecil teks atau daftarnya.",
        "The expression builds too much data (at most {limit} items). Make its strings or lists smaller.",
    ),
    "nesting": (
        "Nilai atau ungkapan bersarang terlalu dalam (paling banyak {limit} tingkat).",
        "A value or expression is nested too deeply (at most {limit} levels).",
    ),
    "result": (
        "Hasil ungkapan terlalu besar (paling banyak {limit} butir). Kembalikan bagian yang diperlukan saja.",
        "The result of the expression is too large (at most {limit} items). Return only what is needed.",
    ),
    "text": (
        "Teks dalam hasil ungkapan terlalu panjang (paling banyak {limit} karakter seluruhnya). "
        "Kembalikan bagian yang diperlukan saja.",
        "The texts in the result of the expression are too long (at most {limit} characters in all). "
        "Return only what is needed.",
    ),
}
