"""What people do in a case, step by step: the same for every contender."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

EMPLOYEE, APPRAISER, SUPERIOR = 1, 2, 3
NOTE = "Laporan bulanan dan berita acara sudah diunggah; angka dihitung dari buku register layanan."
#: A third of them (the last line) are names and rare words, as in what people write.
WORDS = (
    "target rapat warga antrean berkas jadwal survei anggaran pengaduan pelatihan kelurahan dokumen verifikasi "
    "penyuluhan kunjungan inventaris pelayanan koordinasi rekapitulasi pendampingan evaluasi tindak lanjut "
    "Hasibuan Nurhayati Bulakan Simpang posyandu drainase musrenbang spanduk genset jembatan Suprapto pasang"
).split()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that moves a case on.

    :param element: the waiting element of the diagram.
    :param answers: what the form gives, or what the message carries.
    :param result: variable that takes the answers; None for a message.
    """

    element: str
    answers: Mapping[str, Any]
    result: str | None = None

    @property
    def is_human(self) -> bool:
        """A person takes this step."""
        return self.result is not None

    def answers_of(self, chance: Random) -> dict[str, Any]:
        """Return the answers as one person would write them: no two people write the same note or reach the same."""
        return {name: _varied(value, chance) for name, value in self.answers.items()}


def _varied(value: Any, chance: Random) -> Any:
    if value == NOTE:
        return reword(chance)
    return value * chance.randint(70, 100) / 100 if isinstance(value, Decimal) else value


def reword(chance: Random) -> str:
    """Return a note as long as `NOTE`, in other words."""
    words = [word if chance.random() < 0.5 else chance.choice(WORDS) for word in NOTE.split()]
    chance.shuffle(words)
    return " ".join(words)[: len(NOTE)]


@dataclass(frozen=True, slots=True)
class Story:
    """A case from start to end."""

    process: str
    variables: Mapping[str, Any]
    steps: tuple[Step, ...]

    @property
    def human_steps(self) -> int:
        """How many steps a person takes."""
        return sum(step.is_human for step in self.steps)


REQUEST = {
    "title": "Pengadaan kursi ruang tunggu",
    "amount": 4_500,
    "needed_on": date(2026, 9, 1),
    "place": "Ruang pelayanan lantai 1",
    "budget_code": "5.1.02.01.01.0024",
    "urgent": False,
    "reason": "Kursi ruang tunggu kurang sejak antrean pindah ke lantai satu; warga menunggu sambil berdiri.",
    "remark": "Sudah dibahas dengan pengelola barang.",
}
APPROVAL = Story(
    process="approval",
    variables={"applicant": EMPLOYEE, "approver": APPRAISER},
    steps=(
        Step("submit", REQUEST, "request"),
        Step("approve", {"decision": "approved", "note": "Setuju, sesuai anggaran."}, "approval"),
    ),
)

_MET = "SESUAI_EKSPEKTASI"
_RATINGS = {"work": _MET, "work_note": None, "behaviour": _MET, "behaviour_note": None}
_DECISION = {"outcome": "change", "work": _MET, "behaviour": "DIATAS_EKSPEKTASI", "reason": NOTE}


def appraisal(
    variables: Mapping[str, Any], realisation: Mapping[str, Any], assessment: Mapping[str, Any], *, is_objected: bool
) -> Story:
    """Return an employee's appraisal, accepted in 6 human steps or decided after an objection in 7.

    :param variables: what the case starts with, where it does not follow from the employee.
    """
    answer = {"answer": "object" if is_objected else "accept", "reason": NOTE if is_objected else None}
    objection = (Step("decide_objection", _DECISION, "decision"),) if is_objected else ()
    return Story(
        process="periodic_evaluation",
        variables=variables,
        steps=(
            Step("record_realisation", realisation, "realisation"),
            Step("assess_behaviour", assessment, "assessment"),
            Step("org_predicate_known", {"predicate": "BAIK"}),
            Step("confirm_ratings", _RATINGS, "ratings"),
            Step("sign", {"outcome": "sign", "justification": NOTE, "confirmed": True}, "signature"),
            Step("hand_over", {"dialogue_on": date(2026, 12, 1), "note": NOTE}, "dialogue"),
            Step("respond", answer, "response"),
            *objection,
        ),
    )


def _made_up(prefix: str, count: int, value: int) -> dict[str, Any]:
    numbers = {f"{prefix}{n}__value": value for n in range(count)}
    return numbers | {f"{prefix}{n}__note": NOTE for n in range(count)}


PLAIN_APPRAISAL = appraisal(
    {
        "employee": EMPLOYEE,
        "unit": 7,
        "year": 2026,
        "quarter": 3,
        "week": 5,
        "rating_by": {"person": APPRAISER, "is_final": False},
        "realisation_due": date(2027, 1, 8),
        "window_end": date(2027, 1, 15),
        "org_key": "7:2026-3",
    },
    _made_up("indicator_", 5, 91),
    _made_up("core_value_", 7, 1),
    is_objected=True,
)
