"""What hit policies are called, in words that say what they do."""

from collections.abc import Mapping
from typing import Final

from webapp.texts import gettext as _
from webapp.texts import lazy

_WORDS: Final[Mapping[str, str]] = {
    "UNIQUE": lazy("Tepat satu aturan boleh berlaku (UNIQUE)"),
    "ANY": lazy("Beberapa aturan boleh berlaku bila hasilnya sama (ANY)"),
    "FIRST": lazy("Aturan pertama yang berlaku dipakai (FIRST)"),
    "PRIORITY": lazy("Hasil yang paling diutamakan dipakai (PRIORITY)"),
    "RULE ORDER": lazy("Semua hasil, menurut urutan aturan (RULE ORDER)"),
    "OUTPUT ORDER": lazy("Semua hasil, menurut urutan hasil (OUTPUT ORDER)"),
    "COLLECT": lazy("Semua hasil dikumpulkan (COLLECT)"),
    "COLLECT SUM": lazy("Semua hasil dijumlahkan (COLLECT SUM)"),
    "COLLECT MIN": lazy("Hasil terkecil dipakai (COLLECT MIN)"),
    "COLLECT MAX": lazy("Hasil terbesar dipakai (COLLECT MAX)"),
    "COLLECT COUNT": lazy("Aturan yang berlaku dihitung (COLLECT COUNT)"),
}


def policy_words(name: str) -> str:
    """Return what a hit policy does, in the reader's language."""
    return _(_WORDS[name])
