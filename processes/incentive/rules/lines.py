"""The lines of a slip: what is paid or taken off, and below each how it came about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.incentive.rules.basis import Basis
from processes.incentive.rules.rounding import product
from processes.people.city import Explanation
from processes.people.city.plain import Plain
from processes.people.city.texts import Text, show_number

_RATE_PLACES = 4
_MARK: Final = re.compile(r"mark\.(?P<kind>late|early|leave)[._](?P<of>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Plain):
    """One line: `amount` is `base` times `factor` where it has them.

    :param code: what it is, such as `productivity`, `class.beban_kerja` or `mark.late_2`.
    :param of: what the code leaves open: a class, a predicate, a quarter, days of the month.
    :param is_money: rupiah; otherwise a share.
    :param parameter: key and version of the set that the number comes from.
    :param details: how the amount came about.
    """

    code: str
    amount: Decimal
    base: Decimal | None = None
    factor: Decimal | None = None
    of: str = ""
    is_money: bool = True
    parameter: str = ""
    details: tuple[Line, ...] = ()


_LABELS: Final = {
    "productivity": Text("Produktivitas kerja", "Work productivity"),
    "discipline": Text("Disiplin kerja", "Work discipline"),
    "sanction": Text("Potongan hukuman disiplin", "Cut by a disciplinary measure"),
    "acting": Text("Tambahan sebagai pelaksana tugas, kelas", "Supplement for acting as head, class"),
    "adjustment": Text("Koreksi bulan", "Correction of"),
    "total": Text("Hak sebulan", "Due for the month"),
    "split": Text("Bagian dari hak sebulan", "Part of what is due"),
    "class.beban_kerja": Text("Beban kerja, kelas", "Workload, class"),
    "class.prestasi_kerja": Text("Prestasi kerja, kelas", "Work achievement, class"),
    "class.tempat_bertugas": Text("Tempat bertugas, kelas", "Place of duty, class"),
    "class.kondisi_kerja": Text("Kondisi kerja, kelas", "Working conditions, class"),
    "class.kelangkaan_profesi": Text("Kelangkaan profesi, kelas", "Scarcity of the profession, class"),
    "class.basic": Text("TPP dasar, kelas", "Basic allowance, class"),
    "predicate": Text("Predikat kinerja", "Performance predicate"),
    "predicate.none": Text("Tanpa SKP atau belum dinilai", "No plan, or not appraised"),
    "not_appraised": Text("Tidak menilai bawahan, orang:", "Did not appraise subordinates, people:"),
    "attendance": Text("Bagian setelah potongan kehadiran", "Share after deductions for attendance"),
    "mark.absent": Text("Tanpa keterangan, tanggal", "Absent without reason, on"),
    "mark.permit": Text("Izin, tanggal", "Permitted absence, on"),
    "mark.sick": Text("Sakit tanpa cuti sakit, tanggal", "Ill without sick leave, on"),
    "mark.assembly": Text("Tidak ikut apel atau upacara, tanggal", "Missed assembly, on"),
    "external": Text("Potongan", "Deduction:"),
    "net": Text("Diterima", "Net"),
}
_CLASSED: Final = {
    "late": Text("Terlambat tingkat {}, tanggal", "Late, class {}, on"),
    "early": Text("Pulang cepat tingkat {}, tanggal", "Left early, class {}, on"),
    "leave": Text("Cuti {}, tanggal", "Leave ({}), on"),
}
_WORDS: Final = {
    "SANGAT_BAIK": Text("Sangat Baik", "Very good"),
    "BAIK": Text("Baik", "Good"),
    "BUTUH_PERBAIKAN": Text("Butuh Perbaikan", "Needs improvement"),
    "KURANG": Text("Kurang", "Poor"),
    "SANGAT_KURANG": Text("Sangat Kurang", "Very poor"),
    "tahunan": Text("tahunan", "annual"),
    "besar": Text("besar", "long service"),
    "sakit": Text("sakit", "sick"),
    "melahirkan": Text("melahirkan", "maternity"),
    "alasan_penting": Text("karena alasan penting", "important reason"),
    "cltn": Text("di luar tanggungan negara", "unpaid"),
    "tugas_belajar": Text("tugas belajar", "study"),
    "pph21": Text("PPh Pasal 21", "income tax"),
    "bpjs_kesehatan": Text("BPJS Kesehatan", "health insurance (BPJS)"),
    "bpjs_ketenagakerjaan": Text("BPJS Ketenagakerjaan", "employment insurance (BPJS)"),
    "iwp": Text("IWP", "pension contribution (IWP)"),
    "zakat": Text("Zakat", "zakat"),
    "other": Text("lain-lain", "other"),
}


def label(line: Line, language: str = "id") -> str:
    """Return what a line is called: `Beban kerja, kelas 7`, `Terlambat tingkat 2, tanggal 4, 11`."""
    text = f"{_in(_title(line.code), language)} {_word(line.of, language)}"
    return text.strip()


def _title(code: str) -> Text:
    found = _MARK.fullmatch(code)
    if found is not None:
        title, word = _CLASSED[found["kind"]], _WORDS.get(found["of"], Text(found["of"], found["of"]))
        return Text(title.id.format(word.id), title.en.format(word.en))
    return _LABELS.get(code, Text(code, code))


def _word(of: str, language: str) -> str:
    return _in(_WORDS[of], language) if of in _WORDS else of


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.id


def explain(lines: Iterable[Line], basis: Basis, language: str = "id") -> Explanation:
    """Return the lines of a slip as the tree that pages unfold; its value is their sum.

    :param language: in which the numbers of its formulas are written.
    """
    kept = tuple(lines)
    value = sum((line.amount for line in kept), Decimal(0))
    total = Line(code="net", amount=value, details=kept)
    return _node(total, basis, language)


def _node(line: Line, basis: Basis, language: str) -> Explanation:
    inputs: dict[str, str] = {}
    if line.parameter:
        held = basis.sets.get(line.parameter.partition(" ")[0])
        inputs["parameter"] = line.parameter
        if held is not None:
            inputs["sumber"] = held.source
    formula = ""
    if line.base is not None and line.factor is not None:
        factors = (_percent(factor, language) for factor in _factors(line, line.factor))
        formula = " × ".join((_short(line.base, language), *factors))
    return Explanation(
        label_id=label(line, "id"),
        label_en=label(line, "en"),
        value=format(line.amount, "f"),
        formula=formula,
        inputs=inputs,
        children=tuple(_node(item, basis, language) for item in line.details),
    )


def _factors(line: Line, whole: Decimal) -> tuple[Decimal, ...]:
    """Return the shares that a line's factor is made of where the lines below are these, else the factor itself."""
    shares = tuple(item.amount for item in line.details if not item.is_money)
    return shares if shares and product(*shares) == whole else (whole,)


def _percent(share: Decimal, language: str) -> str:
    shown = (share * 100).quantize(Decimal(1).scaleb(2 - _RATE_PLACES), ROUND_HALF_UP)
    places = next(places for places in range(3) if round(shown, places) == shown)
    return f"{show_number(shown, language, places)}%".replace("-", "−")


def _short(number: Decimal, language: str) -> str:
    return show_number(number, language, 0 if number == number.to_integral_value() else 2)
