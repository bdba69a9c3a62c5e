"""What whoever approves a month must know: facts that are missing or contradict each other, never a silent zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from processes.people.city.plain import Plain
from processes.people.city.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFinding(Plain):
    """One thing found in a unit's month.

    :param is_blocking: somebody gets no slip as long as it stands.
    :param employee: whom it is about; None for the unit as a whole.
    """

    code: str
    is_blocking: bool = False
    employee: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "id") -> str:
        """Return the sentence, without the person's name."""
        found = TEXTS[self.code]
        return (found.en if language == "en" else found.id).format_map(self.params)


#: What is wrong with a parameter set, by code, Indonesian and English.
REASONS: Final = {
    "parameter_negative": (
        "Besaran tidak boleh negatif.",
        "An amount cannot be negative.",
    ),
    "parameter_not_share": (
        "Angka ini bagian dari satu: tulis 0,03 untuk 3%.",
        "This number is a part of one: write 0.03 for 3%.",
    ),
    "parameter_split_incomplete": (
        "Pembagian memerlukan dua angka: productivity dan discipline.",
        "The split needs two numbers: productivity and discipline.",
    ),
    "parameter_split_sum": (
        "Bagian produktivitas dan disiplin harus berjumlah 1.",
        "The parts of productivity and discipline must add up to 1.",
    ),
    "parameter_split_low": (
        "Bagian produktivitas paling sedikit 0,60.",
        "The part of productivity is at least 0.60.",
    ),
}

TEXTS: Final = {
    "parameters_missing": Text(
        "Parameter {key} belum ada untuk bulan ini. Impor parameter kota, lalu hitung lagi.",
        "Parameter {key} does not exist for this month. Import the city's parameters, then compute again.",
    ),
    "parameters_wrong": Text(
        "Parameter {key} tidak sah. {reason_id} Perbaiki, lalu impor lagi.",
        "Parameter {key} is not valid. {reason_en} Correct it, then import it again.",
    ),
    "no_people": Text(
        "Tidak ada pegawai di unit ini pada bulan ini.",
        "Nobody works in this unit in this month.",
    ),
    "no_ceiling": Text(
        "Pagu unit untuk bulan ini belum diimpor, jadi tidak dapat dibandingkan.",
        "The unit's ceiling for this month has not been imported, so nothing can be compared with it.",
    ),
    "no_class": Text(
        "Jabatan atau kelas jabatan belum diisi ({days}). Slip belum dapat dibuat.",
        "The post or its class is missing ({days}). No slip can be made yet.",
    ),
    "no_amount": Text(
        "Kelas jabatan {job_class} belum mempunyai besaran TPP. Slip belum dapat dibuat.",
        "Class {job_class} has no amount. No slip can be made yet.",
    ),
    "no_number": Text(
        "Parameter {key} tidak memuat angka {name}. Slip belum dapat dibuat.",
        "Parameter {key} holds no number {name}. No slip can be made yet.",
    ),
    "attendance_missing": Text(
        "Kehadiran belum ada untuk tanggal {days}. Impor kehadiran atau ajukan koreksi.",
        "There is no attendance for the days {days}. Import it, or propose a correction.",
    ),
    "absent_on_leave": Text(
        "Tercatat tanpa keterangan padahal sedang cuti pada tanggal {days}; dihitung cuti.",
        "Recorded as absent while on leave on the days {days}; counted as leave.",
    ),
    "present_on_leave": Text(
        "Tercatat hadir padahal sedang cuti pada tanggal {days}; dihitung cuti. Periksa catatan kehadirannya.",
        "Recorded as present while on leave on the days {days}; counted as leave. Check the attendance.",
    ),
    "leave_unproven": Text(
        "Tercatat cuti tanpa surat cuti pada tanggal {days}; dihitung tanpa keterangan sampai cutinya diimpor.",
        "Recorded as on leave without a grant on the days {days}; counted as absent until the leave is imported.",
    ),
    "no_predicate": Text(
        "Belum ada predikat kinerja yang berlaku; dibayar menurut ketentuan tanpa SKP.",
        "There is no performance predicate in force; paid by the rule for people without a plan.",
    ),
    "did_not_appraise": Text(
        "Belum menilai {count} bawahan untuk triwulan {quarter}.",
        "Did not appraise {count} subordinates for quarter {quarter}.",
    ),
    "measure_due": Text(
        "Tanpa keterangan {days} hari tahun ini ({in_a_row} berturut-turut): PP 94/2021 mengatur {measure_id}. "
        "Potongan baru berlaku setelah ada keputusan.",
        "Absent without reason for {days} days this year ({in_a_row} in a row): PP 94/2021 provides for {measure_en}. "
        "Nothing is cut before there is a decision.",
    ),
    "dismissed": Text(
        "Sedang menjalani pemberhentian; tidak dibayar sebelum penempatannya diperbaiki.",
        "Has been dismissed; not paid before the placement is put right.",
    ),
    "acting_no_class": Text(
        "Menjadi pelaksana tugas di unit yang jabatannya belum berkelas; tambahan belum dihitung.",
        "Acts as head of a unit whose posts have no class; the supplement is not computed yet.",
    ),
    "adjustment_left": Text(
        "Koreksi bulan lalu tidak dapat dibayarkan karena pegawai tidak lagi bertugas. Selesaikan di luar daftar ini.",
        "A correction of an earlier month cannot be paid because the person has left. Settle it outside this list.",
    ),
    "below_zero": Text(
        "Potongan dan koreksi lebih besar daripada haknya. Sebagian perlu dipindahkan ke bulan berikutnya.",
        "Deductions and corrections are more than what is due. Part of them has to move to a later month.",
    ),
}
