"""What dated numbers are called on pages, and what they count."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from webapp.texts import language, show_number

Words = tuple[str, str]

_TITLES: Final[Mapping[str, Words]] = {
    "appraisal.distribution": ("Pedoman sebaran predikat", "Guide to the distribution of ratings"),
    "appraisal.score": ("Nilai dan usulan predikat kinerja", "Scores and recommended ratings"),
    "incentive.attendance": ("Potongan TPP karena kehadiran", "Deductions for attendance"),
    "incentive.basic": ("TPP dasar kelas jabatan", "Basic allowance by job class"),
    "incentive.class_allowance": ("TPP kelas jabatan", "Allowance by job class"),
    "incentive.discipline": ("Hari tidak hadir dan hukuman disiplin", "Days of absence and sanctions"),
    "incentive.leave": ("Potongan TPP karena cuti", "Deductions for leave"),
    "incentive.predicate": ("TPP menurut predikat kinerja", "Allowance by rating"),
    "incentive.sanction": ("Potongan TPP karena hukuman disiplin", "Deductions for sanctions"),
    "incentive.service": ("TPP menurut status kepegawaian", "Allowance by kind of service"),
    "incentive.split": ("Bagian produktivitas dan disiplin", "Parts for productivity and discipline"),
    "promotion.annual_predicate": ("Predikat kinerja tahunan", "Rating of a year"),
    "promotion.board": ("Pemeringkatan Tim Penilai Kinerja", "Ranking by the appraisal board"),
    "promotion.credit": ("Angka kredit jabatan fungsional", "Credit of functional posts"),
    "promotion.retirement": ("Batas usia pensiun", "Ages of retirement"),
    "promotion.selection_panel": ("Seleksi terbuka dan panitianya", "Open selection and its panel"),
    "training.evaluation": ("Kelulusan dan evaluasi pelatihan", "Passing and evaluating a training"),
    "training.priority": ("Urutan calon peserta pelatihan", "Order of candidates for a training"),
}

#: Units: `share` is a part of one, shown in percent.
_UNITS: Final[Mapping[str, Words]] = {
    "%": ("%", "%"),
    "share": ("%", "%"),
    "days": ("hari", "days"),
    "months": ("bulan", "months"),
    "years": ("tahun", "years"),
    "minutes": ("menit", "minutes"),
    "quarters": ("triwulan", "quarters"),
    "people": ("orang", "people"),
    "hours": ("JP", "JP"),
    "points": ("poin", "points"),
    "": ("", ""),
}

#: By key and name: what a number is called, and its unit. `*` stands for one part of a name, which `{}` shows.
_NUMBERS: Final[Mapping[str, tuple[str, str, str]]] = {
    "appraisal.distribution read_from": ("Dibaca mulai bagian pegawai yang dinilai", "Read from the share rated", "%"),
    "appraisal.score lower": ("Batas bawah sesuai ekspektasi", "Lower bound of as expected", "points"),
    "appraisal.score upper": ("Batas atas sesuai ekspektasi", "Upper bound of as expected", "points"),
    "appraisal.score main_share_below": ("Bagian hasil utama di bawah target", "Share of main results below", "share"),
    "appraisal.score positive_feedback": ("Umpan balik positif paling sedikit", "Least positive feedback", "share"),
    "appraisal.score measured_weight": ("Bobot yang terukur paling sedikit", "Least weight measured", "%"),
    "appraisal.score plus_marks": ("Tanda baik paling sedikit", "Least marks above", ""),
    "appraisal.score evidence_days": ("Hari berbeda dengan bukti", "Different days with evidence", "days"),
    "appraisal.score superior_share": ("Bagian penilaian atasan", "Share of the superior", "share"),
    "appraisal.score peer_share": ("Bagian penilaian rekan", "Share of peers", "share"),
    "appraisal.score least_peers": ("Rekan penilai paling sedikit", "Least peers", "people"),
    "appraisal.score trim_from_peers": (
        "Nilai tertinggi dan terendah dibuang mulai",
        "Highest and lowest left out from",
        "people",
    ),
    "appraisal.score performance_weight": ("Bobot kinerja paling sedikit", "Least weight of performance", "%"),
    "incentive.attendance absent.rate": ("Tidak hadir tanpa alasan, sehari", "Absent, a day", "share"),
    "incentive.attendance permit.rate": ("Izin, sehari", "With permission, a day", "share"),
    "incentive.attendance sick.rate": ("Sakit, sehari", "Sick, a day", "share"),
    "incentive.attendance assembly.rate": ("Tidak ikut apel, setiap kali", "Assembly missed, each time", "share"),
    "incentive.attendance late_*.from": ("Terlambat tingkat {}, mulai", "Late, level {}, from", "minutes"),
    "incentive.attendance late_*.rate": ("Terlambat tingkat {}, setiap kali", "Late, level {}, each time", "share"),
    "incentive.attendance early_*.from": ("Pulang cepat tingkat {}, mulai", "Left early, level {}, from", "minutes"),
    "incentive.attendance early_*.rate": (
        "Pulang cepat tingkat {}, setiap kali",
        "Left early, level {}, each time",
        "share",
    ),
    "incentive.basic bpk.*": ("Basis TPP kelas jabatan {}, rupiah", "Basis of class {}, rupiah", ""),
    "incentive.basic ikfd": ("Indeks kapasitas fiskal daerah", "Index of fiscal capacity", ""),
    "incentive.basic ikk": ("Indeks kemahalan konstruksi", "Index of construction costs", ""),
    "incentive.basic ippd": ("Indeks penyelenggaraan pemerintahan daerah", "Index of local government", ""),
    "incentive.class_allowance *": ("Kelas jabatan {}, rupiah sebulan", "Job class {}, rupiah a month", ""),
    "incentive.discipline in_a_row": ("Berturut-turut: diberhentikan", "In a row: dismissal", "days"),
    "incentive.discipline *": ("{}, mulai", "{}, from", "days"),
    "incentive.leave *.rate": ("Cuti {}, sehari", "Leave ({}), a day", "share"),
    "incentive.leave *.unpaid": ("Cuti {} tanpa TPP (1 = ya)", "Leave ({}) without allowance (1 = yes)", ""),
    "incentive.predicate quarters": ("Triwulan yang dilihat ke belakang", "Quarters looked back upon", "quarters"),
    "incentive.predicate grace_days": ("Menunggu hasil penilaian", "Waiting for the result", "days"),
    "incentive.predicate none": ("Tanpa predikat", "Without a rating", "share"),
    "incentive.predicate not_appraised": ("Tidak dinilai", "Not appraised", "share"),
    "incentive.predicate *": ("Predikat {}", "Rating {}", "share"),
    "incentive.sanction *": ("{}", "{}", "share"),
    "incentive.service acting": ("Pelaksana tugas, tambahan", "Acting head, on top", "share"),
    "incentive.service acting_days": ("Pelaksana tugas, sesudah", "Acting head, after", "days"),
    "incentive.service pns": ("PNS", "PNS", "share"),
    "incentive.service pppk": ("PPPK", "PPPK", "share"),
    "incentive.service cpns": ("CPNS", "CPNS", "share"),
    "incentive.split productivity": ("Produktivitas kerja", "Productivity", "share"),
    "incentive.split discipline": ("Disiplin kerja", "Discipline", "share"),
    "promotion.annual_predicate least_quarters": ("Triwulan berhasil paling sedikit", "Least quarters", "quarters"),
    "promotion.board performance.least": ("Bobot kinerja paling sedikit", "Least weight of performance", "%"),
    "promotion.board performance.most": ("Bobot kinerja paling banyak", "Most weight of performance", "%"),
    "promotion.board predicate.*": ("Nilai predikat {}", "Points of the rating {}", "points"),
    "promotion.board quorum": ("Kuorum sidang", "Quorum", "people"),
    "promotion.credit percent.*": ("Persentase predikat {}", "Percent of the rating {}", "%"),
    "promotion.credit coefficient.*": ("Koefisien per tahun, {}", "Coefficient a year, {}", "points"),
    "promotion.credit rank_need.*": ("Kebutuhan naik pangkat, {}", "Needed for a rank, {}", "points"),
    "promotion.credit level_need.*": ("Kebutuhan naik jenjang, {}", "Needed for a level, {}", "points"),
    "promotion.credit basic.*": ("Angka kredit dasar golongan {}", "Basic credit of grade {}", "points"),
    "promotion.credit diploma.percent": ("Ijazah lebih tinggi", "Higher diploma", "%"),
    "promotion.retirement high_leadership_post": ("Jabatan pimpinan tinggi", "High leadership post", "years"),
    "promotion.retirement administrator": ("Administrator", "Administrator", "years"),
    "promotion.retirement supervisor": ("Pengawas", "Supervisor", "years"),
    "promotion.retirement executor": ("Pelaksana", "Executor", "years"),
    "promotion.retirement functional_position": ("Jabatan fungsional", "Functional post", "years"),
    "promotion.retirement functional_senior": ("Fungsional ahli madya", "Functional, senior", "years"),
    "promotion.retirement functional_principal": ("Fungsional ahli utama", "Functional, principal", "years"),
    "promotion.retirement teacher": ("Guru", "Teacher", "years"),
    "promotion.selection_panel least_days": ("Pengumuman paling sedikit", "Least days of announcement", "days"),
    "promotion.selection_panel least_members": ("Anggota panitia paling sedikit", "Least members", "people"),
    "promotion.selection_panel most_members": ("Anggota panitia paling banyak", "Most members", "people"),
    "promotion.selection_panel most_internal": ("Anggota dari dalam paling banyak", "Most internal members", "%"),
    "promotion.selection_panel least_applicants": ("Pelamar paling sedikit", "Least applicants", "people"),
    "promotion.selection_panel names": ("Nama yang diusulkan", "Names proposed", "people"),
    "training.evaluation least_share": ("Kehadiran paling sedikit", "Least attendance", "%"),
    "training.evaluation least_post_test": ("Nilai tes akhir paling sedikit", "Least final test", "points"),
    "training.evaluation behaviour_after": ("Evaluasi perilaku sesudah", "Behaviour evaluated after", "days"),
    "training.evaluation impact_after": ("Evaluasi dampak sesudah", "Impact evaluated after", "days"),
    "training.priority competency": ("Bobot kesenjangan kompetensi", "Weight of the gap in competency", "share"),
    "training.priority performance": ("Bobot kesenjangan kinerja", "Weight of the gap in performance", "share"),
    "training.priority hours": ("Bobot jam yang kurang", "Weight of missing hours", "share"),
    "training.priority yearly_hours": ("Jam pelatihan setahun", "Hours of training a year", "hours"),
    "training.priority most_hours_pppk": ("Jam PPPK setahun paling banyak", "Most hours of PPPK a year", "hours"),
}

_PARTS: Final[Mapping[str, Words]] = {
    "oral_reprimand": ("Teguran lisan", "Oral reprimand"),
    "written_reprimand": ("Teguran tertulis", "Written reprimand"),
    "statement_of_dissatisfaction": ("Pernyataan tidak puas", "Statement of dissatisfaction"),
    "allowance_cut_6_months": ("Potongan TPP 6 bulan", "Allowance cut for 6 months"),
    "allowance_cut_9_months": ("Potongan TPP 9 bulan", "Allowance cut for 9 months"),
    "allowance_cut_12_months": ("Potongan TPP 12 bulan", "Allowance cut for 12 months"),
    "demotion": ("Penurunan jabatan", "Demotion"),
    "release_from_post": ("Pembebasan dari jabatan", "Release from the post"),
    "dismissal": ("Pemberhentian", "Dismissal"),
    "cltn": ("di luar tanggungan negara", "outside the state's care"),
}


def has_words(key: str, name: str) -> bool:
    """Say whether a number of a set has words of its own."""
    return key in _TITLES and _found(key, name) is not None


def title_of(key: str) -> str:
    """Return what a set of numbers is called; its key if nobody has named it."""
    words = _TITLES.get(key)
    return words[_place()] if words is not None else key


def number_name(key: str, name: str) -> str:
    """Return what a number of a set is called."""
    found = _found(key, name)
    if found is None:
        return _part(name)
    (words, part) = found
    return words[_place()].format(_part(part))


def number_text(key: str, name: str, value: Decimal) -> str:
    """Return a number with its unit: `3 %`, `14 hari`."""
    found = _found(key, name)
    unit = found[0][2] if found is not None else ""
    shown = show_number(value * 100 if unit == "share" else value)
    return f"{shown} {_UNITS[unit][_place()]}".rstrip()


def _place() -> int:
    return 0 if language() == "id" else 1


def _found(key: str, name: str) -> tuple[tuple[str, str, str], str] | None:
    """Return the words of a number and the part of its name that they leave open."""
    if (words := _NUMBERS.get(f"{key} {name}")) is not None:
        return words, ""
    for pattern in (pattern for pattern in _NUMBERS if "*" in pattern):
        before, _, after = pattern.partition("*")
        full = f"{key} {name}"
        if full.startswith(before) and full.endswith(after) and len(full) > len(before) + len(after):
            return _NUMBERS[pattern], full[len(before) : len(full) - len(after)]
    return None


def _part(name: str) -> str:
    words = _PARTS.get(name)
    return words[_place()] if words is not None else name.replace("_", " ").replace(".", ", ")
