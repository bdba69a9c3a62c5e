"""Made-up competencies, standards of posts, workload analyses and needs, imported like everybody's files."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from random import Random
from typing import Final

from engine.engine import Engine
from engine.policy.actor import Actor
from processes.people.careers import CompetencyKind
from processes.people.city import City, PositionLevel, UnitKind
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import
from processes.promotion.imports import POST_KINDS
from processes.promotion.posts.plan import YEARS_OF_A_PLAN, group_of
from webapp.demo.figures import position_of
from webapp.demo.personas import personas
from webapp.demo.town import Person, Town, build_town

Row = tuple[object, ...]

_MANAGERIAL: Final = (
    ("MAN-1", "Integritas", "Integrity"),
    ("MAN-2", "Kerja sama", "Teamwork"),
    ("MAN-3", "Komunikasi", "Communication"),
    ("MAN-4", "Orientasi pada hasil", "Result orientation"),
    ("MAN-5", "Pelayanan publik", "Public service"),
    ("MAN-6", "Pengembangan diri dan orang lain", "Development of oneself and others"),
    ("MAN-7", "Mengelola perubahan", "Managing change"),
    ("MAN-8", "Pengambilan keputusan", "Decision making"),
)
_SHARED: Final = (*(code for code, _id, _en in _MANAGERIAL), "SOS-1")
_TECHNICAL: Final = (
    ("TEK-KES-1", "Pelayanan kesehatan dasar", "Primary health care", "health"),
    ("TEK-KES-2", "Manajemen fasilitas kesehatan", "Management of health facilities", "health"),
    ("TEK-DIK-1", "Pembelajaran yang berpusat pada murid", "Student-centred teaching", "education"),
    ("TEK-DIK-2", "Manajemen satuan pendidikan", "School management", "education"),
    (
        "TEK-INF-1",
        "Perencanaan dan pengawasan infrastruktur",
        "Planning and supervising infrastructure",
        "infrastructure",
    ),
    ("TEK-ADM-1", "Tata naskah dinas dan kearsipan", "Official documents and archives", "administration"),
    ("TEK-DUK-1", "Administrasi kependudukan", "Civil registration", "population"),
    ("TEK-IZN-1", "Pelayanan perizinan berusaha", "Business licensing", "licensing"),
    ("TEK-REN-1", "Perencanaan dan penganggaran", "Planning and budgeting", "planning"),
    ("TEK-SOS-1", "Penanganan masalah kesejahteraan sosial", "Handling of social welfare", "social"),
    ("TEK-TRT-1", "Penegakan peraturan daerah", "Enforcement of local regulations", "public_order"),
    ("TEK-WAS-1", "Pengawasan intern", "Internal audit", "oversight"),
    ("TEK-PEG-1", "Manajemen kepegawaian", "Personnel management", "personnel"),
)
_OF_UNIT: Final[Mapping[UnitKind, tuple[str, ...]]] = {
    UnitKind.SECRETARIAT: ("TEK-ADM-1",),
    UnitKind.HEALTH_OFFICE: ("TEK-KES-2",),
    UnitKind.HEALTH_CENTRE: ("TEK-KES-1",),
    UnitKind.EDUCATION_OFFICE: ("TEK-DIK-2",),
    UnitKind.SCHOOL: ("TEK-DIK-1",),
    UnitKind.PLANNING_AGENCY: ("TEK-REN-1", "TEK-INF-1"),
    UnitKind.CIVIL_REGISTRY: ("TEK-DUK-1",),
    UnitKind.PERMIT_OFFICE: ("TEK-IZN-1",),
    UnitKind.SOCIAL_OFFICE: ("TEK-SOS-1",),
    UnitKind.PUBLIC_ORDER: ("TEK-TRT-1",),
    UnitKind.INSPECTORATE: ("TEK-WAS-1",),
    UnitKind.PERSONNEL_AGENCY: ("TEK-PEG-1",),
    UnitKind.DISTRICT_OFFICE: ("TEK-ADM-1", "TEK-INF-1"),
    UnitKind.VILLAGE_OFFICE: ("TEK-ADM-1",),
}
#: From which class on which level of the shared competencies is asked for.
_ASKED: Final = ((14, 4), (11, 3), (7, 2), (0, 1))
#: What is missing or more: one in six is a level below.
_OFF: Final = (-1, 0, 0, 0, 0, 1)
_DUTIES: Final = (
    ("Melaksanakan pelayanan dan tugas pokok jabatan", "layanan", "1.5", 50),
    ("Menyusun laporan dan dokumen kerja", "dokumen", "4", 30),
    ("Berkoordinasi dan mengikuti rapat kedinasan", "kegiatan", "2.5", 20),
)
_HOURS: Final = 1250
_SERVING: Final = (UnitKind.SCHOOL, UnitKind.HEALTH_CENTRE, UnitKind.CIVIL_REGISTRY)
_MORE: Final = (0, 0, 1)
_HARDLY_MORE: Final = (0, 0, 0, 0, 0, 0, 1, -1)
_BY_WORKLOAD: Final = (PositionLevel.EXECUTOR, PositionLevel.FUNCTIONAL_POSITION)
_COASTAL: Final = frozenset({"tanjungbalai", "tanjungselor"})


def load_competencies(engine: Engine, city: str, actor: Actor) -> None:
    """Import the made-up competencies and needs of a demonstration city; importing them again changes nothing.

    :raise ImportRefused: the generator and the imports do not agree.
    """
    tenant = actor.tenant
    today, rules = engine.clock().astimezone(engine.directory.zone(tenant)).date(), engine.directory.city(tenant)
    for name, rows in contents(build_town(city), rules, today).items():
        kind = POST_KINDS[name]
        with engine.database.reading() as read:
            file = f"{city}-{name}.csv"
            plan = read_import(kind, _as_text(kind, rows), read, tenant, today, name=file, city=rules)
        if not isinstance(plan, ImportPlan):
            raise ImportRefused(tuple(plan))
        engine.run(ImportRows(plan), actor)


def contents(town: Town, rules: City, today: date) -> dict[str, list[Row]]:
    """Return the rows of each kind of file, in the order in which a city imports them."""
    asked = {person.post_code: _standard(person) for person in town.people}
    rows: Mapping[str, Iterator[Row]] = {
        "competencies": _catalogue(),
        "post-standards": ((post, code, level) for post, levels in asked.items() for code, level in levels.items()),
        "competency-levels": _levels(town, today),
        "job-duties": _duties(town, today),
        "area-factors": _factors(town, today),
        "approved-needs": _approved(town, today),
        "context-figures": _context(town, today),
        "need-plan": _plans(town, rules, today),
        "competency-plan": _competence_plan(today),
    }
    return {name: found for name, kept in rows.items() if (found := list(kept))}


def _catalogue() -> Iterator[Row]:
    for code, name, english in _MANAGERIAL:
        yield code, name, english, CompetencyKind.MANAGERIAL.value, None
    yield "SOS-1", "Perekat bangsa", "Unity of the nation", CompetencyKind.SOCIO_CULTURAL.value, None
    for code, name, english, field in _TECHNICAL:
        yield code, name, english, CompetencyKind.TECHNICAL.value, field


def _standard(person: Person) -> dict[str, int]:
    shared = next(level for job_class, level in _ASKED if person.seat.job_class >= job_class)
    technical = min(5, shared + 1)
    return dict.fromkeys(_SHARED, shared) | dict.fromkeys(_OF_UNIT.get(person.unit.kind, ()), technical)


def _levels(town: Town, today: date) -> Iterator[Row]:
    chance = _chance(town, "competencies")
    tour = next(persona.nip for persona in personas(town.plan.code) if persona.key == "employee")
    shared_day, technical_day = date(today.year - 1, 9, 15), date(today.year - 1, 11, 10)
    for person in town.people:
        for code, asked in _standard(person).items():
            off = chance.choice(_OFF)
            is_technical, is_assessed = code not in _SHARED, chance.random() < 0.9
            if person.nip == tour:
                # The tour follows somebody with one gap in his profession and one in what everybody shares.
                off, is_assessed = (-1 if is_technical or code == "MAN-7" else 0), True
            if is_assessed:
                day, source = (
                    (technical_day, "Uji kompetensi teknis") if is_technical else (shared_day, "Asesmen BKPSDM")
                )
                yield person.nip, code, min(5, max(1, asked + off)), day, f"{source} {day.year} (data uji)"


def _duties(town: Town, today: date) -> Iterator[Row]:
    chance = _chance(town, "duties")
    for code, people in _by_post(town).items():
        more = chance.choice(_MORE if people[0].unit.kind in _SERVING else _HARDLY_MORE)
        # One heads a unit or a part of it, whatever there is to do.
        more = more if people[0].seat.level in _BY_WORKLOAD and len(people) + more > 0 else 0
        for number, (duty, product, hours, share) in enumerate(_DUTIES, start=1):
            load = Decimal((len(people) + more) * _HOURS * share) / 100
            volume = (load / Decimal(hours)).quantize(Decimal(1), ROUND_HALF_UP)
            yield code, today.year, number, duty, product, volume, Decimal(hours)


def _factors(town: Town, today: date) -> Iterator[Row]:
    if town.plan.code not in _COASTAL:
        return
    for code, people in _by_post(town).items():
        if people[0].unit.kind in (UnitKind.VILLAGE_OFFICE, UnitKind.HEALTH_CENTRE) and not people[0].is_head:
            yield (
                code,
                today.year,
                "Wilayah pesisir",
                10,
                "Kunjungan ke permukiman di atas air memakan waktu lebih lama",
            )


def _approved(town: Town, today: date) -> Iterator[Row]:
    for code, people in _by_post(town).items():
        if people[0].is_head:
            yield code, today.year, 1, f"Keputusan tentang Peta Jabatan {today.year} (data uji)"


def _context(town: Town, today: date) -> Iterator[Row]:
    chance = _chance(town, "context")
    for unit in town.plan.units:
        if unit.kind in (UnitKind.DISTRICT_OFFICE, UnitKind.VILLAGE_OFFICE):
            factor = 8 if unit.kind is UnitKind.DISTRICT_OFFICE else 1
            source, year = "Kota dalam Angka (data uji)", today.year - 1
            yield unit.code, year, "Jumlah penduduk", "population", factor * chance.randint(5200, 7800), "jiwa", source
            yield (
                unit.code,
                year,
                "Permohonan layanan",
                "service_demand",
                factor * chance.randint(900, 1600),
                "berkas",
                source,
            )
            yield unit.code, year, "Jalan kota", "infrastructure", factor * chance.randint(6, 14), "km", source


def _plans(town: Town, rules: City, today: date) -> Iterator[Row]:
    families: dict[str, int] = {}
    for person in town.people:
        place = position_of(person, rules)
        family = group_of(place.family, place.level)
        families[family] = families.get(family, 0) + 1
    for made_in in (today.year - 1, today.year):
        for family, people in families.items():
            for number in range(YEARS_OF_A_PLAN):
                growth = (people * (number + 1) * (3 if family in ("functional_position", "teacher") else 1)) // 100
                reason = "Analisis beban kerja tahun dasar" if number == 0 else "Pertumbuhan layanan dan penduduk"
                yield made_in, family, made_in + number, people + growth + (1 if made_in == today.year else 0), reason


def _competence_plan(today: date) -> Iterator[Row]:
    for made_in in (today.year - 1, today.year):
        for field in (CompetencyKind.MANAGERIAL.value, "health", "education"):
            for number in range(YEARS_OF_A_PLAN):
                reason = "Pelatihan pada katalog tahun ini" if number == 0 else "Usulan pada rencana pengembangan"
                yield made_in, field, made_in + number, 6 + 2 * number, reason


def _by_post(town: Town) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in town.people:
        found.setdefault(person.post_code, []).append(person)
    return found


def _chance(town: Town, purpose: str) -> Random:
    return Random(f"alur {town.plan.code} {purpose}")  # noqa: S311  # the same data on every machine, no secret


def _as_text(kind: ImportKind, rows: Sequence[Row]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(kind.template())
    writer.writerows([_in_text(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _in_text(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return "" if value is None else str(value)
