"""The seventeen ranks of civil servants (golongan/ruang), from I/a to IV/e, and the way from one to the next."""

from typing import Final

#: Grade and what it is called; the place in this list is its number, from 1 on (PP 7/1977; dossier 7.3).
_NAMES: Final = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
GRADES: Final = tuple(_NAMES)


def grade_number(grade: str | None) -> int | None:
    """Return the number of a grade from 1 (I/a) to 17 (IV/e); None for what is no grade of a PNS."""
    return GRADES.index(grade) + 1 if grade in _NAMES else None


def next_grade(grade: str | None) -> str | None:
    """Return the grade above; None above IV/e and for what is no grade of a PNS."""
    number = grade_number(grade)
    return GRADES[number] if number is not None and number < len(GRADES) else None


def rank_name(grade: str) -> str:
    """Return what the rank of a grade is called in decrees, such as `Penata Muda`; the grade itself if it has none."""
    return _NAMES.get(grade, grade)
