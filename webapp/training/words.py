"""What the values of training are called on its pages."""

from collections.abc import Mapping
from typing import Final

from processes.people.follow_ups import ACTIONS
from processes.training.records import ClaimStatus, Method, NeedKind, NominationStatus
from webapp.texts import gettext as _
from webapp.texts import language, lazy

_STATUS: Final[Mapping[NominationStatus, tuple[str, str]]] = {
    NominationStatus.PROPOSED: (lazy("Menunggu persetujuan"), "info"),
    NominationStatus.REFUSED: (lazy("Tidak memenuhi syarat"), "warning"),
    NominationStatus.DECLINED: (lazy("Tidak disetujui"), "danger"),
    NominationStatus.QUEUED: (lazy("Menunggu peringkat"), "info"),
    NominationStatus.WAITING: (lazy("Daftar tunggu"), "warning"),
    NominationStatus.CHOSEN: (lazy("Peserta"), "success"),
    NominationStatus.WITHDRAWN: (lazy("Berhalangan"), ""),
    NominationStatus.ABSENT: (lazy("Kehadiran kurang"), "danger"),
    NominationStatus.COMPLETED: (lazy("Selesai"), "success"),
    NominationStatus.LAPSED: (lazy("Gugur"), ""),
}
_REASONS: Final[Mapping[str, str]] = {
    "closed": lazy("Pendaftaran sesi sudah ditutup."),
    "taken": lazy("Pelatihan yang sama sudah diikuti tahun ini."),
    "pppk_hours": lazy("JP tahun ini melampaui batas bagi PPPK."),
    "no_gap": lazy(
        "Tidak ada kesenjangan tercatat untuk pelatihan ini. Atasan dapat mengusulkannya dengan alasan tertulis."
    ),
    "superior": lazy("Diputuskan oleh atasan."),
    "officer": lazy("Diputuskan oleh pengelola kepegawaian unit."),
    "too_little": lazy("Kehadiran di bawah batas untuk sertifikat."),
    "present": lazy("Sertifikat terbit; tes akhir belum lulus, maka kompetensi belum masuk peta."),
    "passed": lazy("Lulus tes akhir; kompetensi masuk peta."),
}
_NEEDS: Final[Mapping[NeedKind, str]] = {
    NeedKind.COMPETENCY: lazy("Kesenjangan kompetensi"),
    NeedKind.PERFORMANCE: lazy("Hasil kinerja"),
    NeedKind.APPRAISAL: lazy("Hasil evaluasi kinerja"),
    NeedKind.SUPERIOR: lazy("Usulan atasan"),
    NeedKind.OPEN: lazy("Terbuka bagi semua"),
}
_CLAIMS: Final[Mapping[ClaimStatus, tuple[str, str]]] = {
    ClaimStatus.PROPOSED: (lazy("Menunggu konfirmasi BKPSDM"), "info"),
    ClaimStatus.CONFIRMED: (lazy("Dihitung"), "success"),
    ClaimStatus.REFUSED: (lazy("Tidak dihitung"), "danger"),
}
_METHODS: Final[Mapping[Method, str]] = {
    Method.CLASSICAL: lazy("Klasikal"),
    Method.E_LEARNING: lazy("Pembelajaran daring"),
    Method.COACHING: lazy("Bimbingan di tempat kerja"),
    Method.WORKSHOP: lazy("Lokakarya"),
    Method.INTERNSHIP: lazy("Magang"),
}


def status_chip(status: NominationStatus) -> tuple[str, str]:
    """Return a status in words with its tone."""
    words, tone = _STATUS[status]
    return _(words), tone


def claim_chip(status: ClaimStatus) -> tuple[str, str]:
    """Return where training from elsewhere stands, with its tone."""
    words, tone = _CLAIMS[status]
    return _(words), tone


def reason_words(code: str) -> str:
    """Return a reason of the decision tables as a sentence; empty where there is nothing to say."""
    return _(_REASONS[code]) if code in _REASONS else ""


def need_words(need: NeedKind) -> str:
    """Return what a nomination answers."""
    return _(_NEEDS[need])


def method_words(method: Method) -> str:
    """Return how a course is given."""
    return _(_METHODS[method])


def action_words(action: str) -> str:
    """Return what a follow-up of the talent box is called, in the reader's language."""
    text = ACTIONS[action]
    return text.en if language() == "en" else text.id
