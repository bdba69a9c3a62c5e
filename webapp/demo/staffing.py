"""The posts of a unit by its layout: who works in it, at which level, and who appraises them."""

from collections.abc import Iterator
from dataclasses import dataclass

from processes.people.city import PositionLevel, UnitKind
from webapp.demo.places import Layout, UnitPlan

_HIGH = PositionLevel.HIGH_LEADERSHIP_POST
_ADMINISTRATOR = PositionLevel.ADMINISTRATOR
_SUPERVISOR = PositionLevel.SUPERVISOR
_EXECUTOR = PositionLevel.EXECUTOR
_FUNCTIONAL = PositionLevel.FUNCTIONAL_POSITION


@dataclass(frozen=True, slots=True)
class Seat:
    """A post for one person.

    :param key: names the seat in its unit; several seats of one `post` have their own.
    :param reports_to: key of the appraiser's seat in the same unit; None for the head.
    :param degree: what stands behind (or, ending in a dot and space, before) the name.
    """

    key: str
    post: str
    title: str
    level: PositionLevel
    job_class: int
    reports_to: str | None
    family: str = "general"
    degree: str = ""


_EXECUTORS = (
    ("Penelaah Teknis Kebijakan", 7, "S.Sos."),
    ("Pengolah Data dan Informasi", 6, "A.Md."),
    ("Pengadministrasi Perkantoran", 5, ""),
    ("Operator Layanan Operasional", 5, ""),
    ("Penata Layanan Operasional", 7, "S.AP."),
)
_EXPERTS = (
    ("Analis Kebijakan Ahli Muda", 9, "S.IP., M.AP."),
    ("Pranata Komputer Ahli Pertama", 8, "S.Kom."),
    ("Analis SDM Aparatur Ahli Pertama", 8, "S.Psi."),
    ("Arsiparis Terampil", 7, "A.Md."),
)
_SUBJECTS = ("Matematika", "IPA", "IPS", "Bahasa Indonesia", "Bahasa Inggris", "PJOK", "Seni Budaya", "Informatika")
_HEALTH = (
    ("Bidan Terampil", 7, "A.Md.Keb."),
    ("Perawat Ahli Pertama", 8, "S.Kep., Ns."),
    ("Dokter Ahli Pertama", 10, "dr. "),
    ("Apoteker Ahli Pertama", 8, "S.Farm., Apt."),
    ("Sanitarian Terampil", 7, "A.Md.KL."),
)


def seats_of(plan: UnitPlan) -> tuple[Seat, ...]:
    """Return the seats of a unit, the head first."""
    seats: list[Seat] = list(_LAYOUTS[plan.layout](plan))
    return tuple(seats[: plan.size])


def _secretariat(plan: UnitPlan) -> Iterator[Seat]:
    yield Seat("head", "SEKDA", "Sekretaris Daerah", _HIGH, 16, None, degree="M.Si.")
    for number, field in enumerate(("Pemerintahan", "Perekonomian", "Administrasi Umum"), start=1):
        yield Seat(f"assistant{number}", f"ASISTEN-{number}", f"Asisten {field}", _HIGH, 14, "head", degree="M.AP.")
    for number, field in enumerate(("Organisasi", "Hukum", "Umum"), start=1):
        title = f"Kepala Bagian {field}"
        yield Seat(f"chief{number}", f"KABAG-{number}", title, _ADMINISTRATOR, 12, f"assistant{number}", degree="M.H.")
    yield from _staff(plan.size - 7, [f"chief{number}" for number in (1, 2, 3)])


def _office(plan: UnitPlan) -> Iterator[Seat]:
    is_district = plan.kind is UnitKind.DISTRICT_OFFICE
    title = "Camat" if is_district else f"Kepala {plan.name}"
    level, job_class = (_ADMINISTRATOR, 12) if is_district else (_HIGH, 14)
    yield Seat("head", "KEPALA", title, level, job_class, None, degree="M.Si.")
    yield Seat("secretary", "SEKRETARIS", "Sekretaris", _ADMINISTRATOR, 12, "head", degree="S.STP., M.Si.")
    yield Seat(
        "general", "KASUBBAG", "Kepala Subbagian Umum dan Kepegawaian", _SUPERVISOR, 9, "secretary", degree="S.E."
    )
    for number, field in enumerate(("Pelayanan", "Pembinaan"), start=1):
        yield Seat(
            f"chief{number}", f"KABID-{number}", f"Kepala Bidang {field}", _ADMINISTRATOR, 11, "head", degree="M.M."
        )
    yield from _staff(plan.size - 5, ["chief1", "chief2", "chief1", "chief2", "general"])


def _village(plan: UnitPlan) -> Iterator[Seat]:
    yield Seat("head", "LURAH", "Lurah", _SUPERVISOR, 9, None, degree="S.IP.")
    yield from _staff(plan.size - 1, ["head"])


def _school(plan: UnitPlan) -> Iterator[Seat]:
    yield Seat("head", "KEPSEK", "Kepala Sekolah", _FUNCTIONAL, 11, None, "principal", "M.Pd.")
    for number in range(1, plan.size):
        place = number % len(_SUBJECTS)
        title = f"Guru {_SUBJECTS[place]}"
        yield Seat(f"teacher{number}", f"GURU-{place + 1}", title, _FUNCTIONAL, 8, "head", "teacher", "S.Pd.")


def _health_centre(plan: UnitPlan) -> Iterator[Seat]:
    yield Seat("head", "KAPUS", "Kepala Puskesmas", _FUNCTIONAL, 11, None, degree="dr. ")
    for number in range(1, plan.size):
        place = number % len(_HEALTH)
        title, job_class, degree = _HEALTH[place]
        yield Seat(f"staff{number}", f"NAKES-{place + 1}", title, _FUNCTIONAL, job_class, "head", degree=degree)


def _staff(count: int, superiors: list[str]) -> Iterator[Seat]:
    for number in range(count):
        kinds, level, code = (_EXPERTS, _FUNCTIONAL, "JF") if number % 4 == 0 else (_EXECUTORS, _EXECUTOR, "JP")
        place = number % len(kinds)
        title, job_class, degree = kinds[place]
        superior = superiors[number % len(superiors)]
        yield Seat(f"staff{number + 1}", f"{code}-{place + 1}", title, level, job_class, superior, degree=degree)


_LAYOUTS = {
    Layout.SECRETARIAT: _secretariat,
    Layout.OFFICE: _office,
    Layout.VILLAGE: _village,
    Layout.SCHOOL: _school,
    Layout.HEALTH_CENTRE: _health_centre,
}
