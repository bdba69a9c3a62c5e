"""A person of *Orang Saya* of whom nothing waits to be rated: where the evaluation stands, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.appraisal.queries.people import PersonRow
from processes.appraisal.queries.team import UnreadyPerson, WaitsFor
from processes.appraisal.queries.unopened import NoCase, UnopenedPerson
from webapp.appraisal.wording import in_words
from webapp.texts import gettext as _
from webapp.texts import lazy, show_day

#: Why there is no case, and what happens next.
_NO_CASE: Final[Mapping[NoCase, str]] = {
    NoCase.UNPAID_LEAVE: lazy(
        "Cuti di luar tanggungan negara sepanjang triwulan, jadi tidak dievaluasi. Tidak ada yang perlu Anda kerjakan."
    ),
    NoCase.NOT_IN_SERVICE: lazy(
        "Belum bertugas atau belum punya jabatan pada hari terakhir triwulan. Evaluasinya mulai triwulan berikutnya."
    ),
    NoCase.NOT_MINE: lazy(
        "Pada masa penilaian triwulan ini penilainya bukan Anda; Anda menilai mulai triwulan berikutnya. Bila keliru, "
        "hubungi pengelola kepegawaian unit."
    ),
    NoCase.OPENING: lazy("Kasusnya sedang disiapkan. Muat ulang halaman ini beberapa saat lagi."),
    NoCase.COMING: lazy(
        "Belum ada kasus, karena datanya datang setelah triwulan dibuka. Kasusnya disiapkan otomatis dalam satu jam."
    ),
    NoCase.TOO_LATE: lazy(
        "Tidak ada kasus, dan masa pelaporan triwulan ini sudah lewat. Hubungi pengelola kepegawaian bila perlu."
    ),
}


@dataclass(frozen=True, slots=True)
class PersonState:
    """A row of the other lists: where the evaluation stands, and the task that goes on with it.

    :param case_id: None for somebody of whom the quarter has no case.
    """

    case_id: int | None
    name: str
    post: str
    state: str
    predicate: str
    token: int | None


def person_in(row: PersonRow, state: str) -> PersonState:
    """Return the row of somebody with a case, and where it stands in words."""
    predicate = in_words(row.predicate) if row.predicate is not None else ""
    return PersonState(row.case_id, row.name, row.post, state, predicate, row.token)


def signed_in_words(row: PersonRow) -> str:
    """Say how far the evaluation of somebody has come since it was signed."""
    if row.element == "hand_over":
        return _("Ditandatangani, menunggu Anda sampaikan dalam dialog")
    return _("Ditandatangani dan disampaikan")


def unready_person(person: UnreadyPerson) -> PersonState:
    """Return the row of somebody for whom nothing can be recommended yet, with the reason."""
    why = _why(person)
    if person.is_late:
        why = _("Batas pengisian perilaku dan rubrik sudah lewat tanpa isian. %(why)s", why=why)
    return PersonState(person.case_id, person.name, "", why, "", None)


def unopened_person(person: UnopenedPerson) -> PersonState:
    """Return the row of somebody who has no case, with the reason."""
    return PersonState(None, person.name, "", _(_NO_CASE[person.reason]), "", None)


def _why(person: UnreadyPerson) -> str:
    """Say what an evaluation waits for, and what the rater can do about it."""
    if person.waits_for is WaitsFor.REPAIR:
        return _("Tertahan karena gangguan sistem; pengelola kepegawaian mencobanya lagi. Anda tidak perlu mengulang.")
    if person.waits_for is WaitsFor.DEPUTY:
        return _("Pejabat yang Anda serahi tugas belum mengisi perilaku dan rubrik. Ingatkan beliau bila perlu.")
    if person.waits_for is WaitsFor.ORG_PREDICATE:
        return _("Menunggu predikat unit dari atasan unit. Tidak ada yang perlu Anda kerjakan.")
    if person.due is None:
        return _("Menunggu realisasi pegawai. Ingatkan pegawai bila perlu.")
    return _("Menunggu realisasi pegawai sampai %(day)s. Ingatkan pegawai bila perlu.", day=show_day(person.due))
