"""What people of a demonstration city thank each other for, what they tried, and an award that takes nominations."""

from datetime import date, timedelta
from decimal import Decimal

from engine.engine import Engine
from engine.errors import Invalid
from engine.policy.actor import Actor
from processes.people.queries import employee_by_nip, groups_on
from processes.recognition.commands.add_idea import AddIdea
from processes.recognition.commands.change_panel import AddToPanel
from processes.recognition.commands.change_thanks import AnswerThanks
from processes.recognition.commands.find_useful import FindUseful
from processes.recognition.commands.follow_idea import MoveIdea
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.open_program import USUAL_WEIGHTS, OpenProgram
from processes.recognition.commands.thank import Thank
from processes.recognition.queries.programs import city_programs
from processes.recognition.records import Kind, Shown, Stage
from webapp.demo.places import AGENCY
from webapp.demo.town import Person, Town, build_town

_THANKS = (
    "Terima kasih sudah menyiapkan bahan rapat anggaran sampai malam. Kami bisa langsung memutuskan.",
    "Terima kasih sudah menemani warga lanjut usia mengisi formulir sampai selesai.",
    "Terima kasih sudah mengajari kami rumus lembar kerja yang baru. Laporan selesai sehari lebih cepat.",
)
_TRIED = (
    "Pemohon datang dua kali karena lampiran kurang. Daftar periksa satu halaman di loket membuat berkas lengkap sejak "
    "awal."
)
_SHARED = (
    "Setiap Senin pukul 08.00 tim membagi pekerjaan minggu itu selama lima belas menit, lalu mencatatnya di papan."
)
_DONE = "Seluruh bidang menata ulang ruang arsip; map lama ditemukan dalam hitungan menit."
_REASON = "Dalam tiga bulan antrean berkas turun dari dua hari menjadi dua jam tanpa menambah pengerjaan ulang."


def load_recognition(engine: Engine, city: str, actor: Actor) -> None:
    """Put thanks, ideas and an award into a demonstration city; loading it again changes nothing.

    Nobody of the tour is asked for anything by it: panel and nominees are others.
    """
    with engine.database.reading() as read:
        if city_programs(read, city):
            return
    told = _Told(engine, build_town(city), actor)
    told.thanks()
    told.ideas()
    told.award()


class _Told:
    """Lets people of the town do things, each as himself."""

    def __init__(self, engine: Engine, town: Town, system: Actor) -> None:
        self._engine, self._town, self._system = engine, town, system
        self._today: date = engine.clock().astimezone(engine.directory.zone(system.tenant)).date()

    def thanks(self) -> None:
        """Thanks on the wall of the unit of the tour."""
        staff = [one for one in self._town.people if one.unit.code == self._town.plan.tour_unit][-4:]
        for giver, receiver, text in zip(staff, staff[1:], _THANKS, strict=False):
            number = self._engine.run(Thank(self._key(receiver), text), self._as(giver)).value
            self._engine.run(AnswerThanks(number, Shown.SHOWN), self._as(receiver))

    def ideas(self) -> None:
        """An innovation on trial, a good practice and an activity."""
        owner, head = self._town.at("DISDUKCAPIL", "staff3"), self._town.at("DISDUKCAPIL")
        tried = AddIdea(Kind.INNOVATION, "Daftar periksa berkas di loket", _TRIED, "Laporan loket bulan lalu")
        number = self._engine.run(tried, self._as(owner)).value
        self._engine.run(MoveIdea(number, Stage.TRIAL, "Dicoba di dua loket selama satu bulan."), self._as(head))
        for seat in ("chief1", "chief2"):
            self._engine.run(FindUseful(number), self._as(self._town.at("DPMPTSP", seat)))
        practice = AddIdea(Kind.GOOD_PRACTICE, "Rapat Senin lima belas menit", _SHARED)
        self._engine.run(practice, self._as(self._town.at("DINSOS", "chief2")))
        activity = AddIdea(Kind.ACTIVITY, "Menata ruang arsip", _DONE, None, self._today - timedelta(days=20))
        self._engine.run(activity, self._as(self._town.at("DINSOS", "chief1")))

    def award(self) -> None:
        """An award with its panel and two nominations."""
        verifier = self._as(self._town.at(AGENCY, "staff1"))
        last = self._today + timedelta(days=60)
        opening = OpenProgram(
            f"ASN Berprestasi {self._today.year}",
            self._today,
            last,
            USUAL_WEIGHTS,
            siasn_code="48",
            amount=Decimal(2_500_000),
            dpa_code="5.02.01.2.05.0003",
        )
        program = self._engine.run(opening, verifier).value
        for unit in ("SATPOLPP", "DINSOS", "DPMPTSP", "KEC-1"):
            self._engine.run(AddToPanel(program, self._key(self._town.at(unit, "chief1"))), verifier)
        for unit in ("DISDUKCAPIL", "KEC-1"):
            self._nominate(program, unit)

    def _nominate(self, program: int, unit: str) -> None:
        nominee, nominator = self._town.at(unit, "staff2"), self._town.at(unit, "chief2")
        command = NominateForAward(program, self._key(nominee), _REASON, "Laporan layanan triwulan lalu")
        try:
            self._engine.run(command, self._as(nominator))
        except Invalid:
            return  # a city without the diagram, as tests make one, has no nominations

    def _key(self, person: Person) -> int:
        with self._engine.database.reading() as read:
            found = employee_by_nip(read, self._system.tenant, person.nip)
        assert found is not None, "the people of the town are imported"
        return found.id

    def _as(self, person: Person) -> Actor:
        key, tenant = self._key(person), self._system.tenant
        with self._engine.database.reading() as read:
            return Actor(tenant, key, groups_on(read, tenant, key, self._today), self._today)
