"""The made-up cities' training: a catalogue with each city's own courses, sessions, what was learnt, nominations."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Final

from engine.engine import Engine
from engine.policy.actor import Actor
from engine.records.release import latest_release
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import
from processes.people.queries import employee_by_nip
from processes.people.queries.competencies import competency_gaps
from processes.training.commands.nominate import Nominate, NominatedAlready
from processes.training.imports import TRAINING_KINDS
from processes.training.jobs import open_training_sessions
from processes.training.queries.catalogue import coming_sessions
from processes.training.variables import NOMINATION
from webapp.demo.figures import Row
from webapp.demo.personas import personas
from webapp.demo.town import Town, build_town

#: A course on the system itself, with hours, for everybody (SR-32).
SYSTEM_COURSE: Final = "SIS-01"
_ON_TIME: Final = "Porsi tugas tepat waktu, 3 bulan sebelum dan sesudah"
_IKM: Final = "IKM unit, dengan jumlah responden dan unit pembanding"
_PROJECT: Final = "Deviasi jadwal dan biaya proyek"
_INFRASTRUCTURE: Final = "unit_kind:public_works unit_kind:planning_agency"
#: The figures of units by which the measures are taken over.
_SHARE: Final = "S5"
_INDEX: Final = "ikm"
_VARIANCE: Final = "deviasi_proyek"
#: Code, name, English name, field, hours, method, levels, organiser, open to all, suggested for, measures, figures.
_EVERYWHERE: Final[tuple[Row, ...]] = (
    (SYSTEM_COURSE, "Pemakaian Alur bagi semua pegawai", "Using Alur", "Teknologi informasi", 4, "Daring", "", "BKPSDM",
     "Ya", "", "", ""),
    ("PEL-01", "Pelayanan publik prima", "Excellent public service", "Pelayanan", 8, "Klasikal", "MAN-5:3", "BKPSDM",
     "Tidak", "", _ON_TIME, _IKM, _SHARE, _INDEX),
    ("KEP-01", "Pengambilan keputusan bagi pimpinan", "Decision making for leaders", "Manajerial", 16, "Klasikal",
     "MAN-8:4 MAN-7:4", "LAN", "Tidak", "level:administrator level:supervisor", "", _IKM, "", _INDEX),
    ("TND-01", "Tata naskah dinas dan kearsipan", "Official documents", "Administrasi", 8, "Daring", "TEK-ADM-1:3",
     "ANRI", "Tidak", "", _ON_TIME, "", _SHARE, ""),
    ("TRT-01", "Penegakan peraturan daerah yang humanis", "Humane enforcement", "Pelayanan", 16, "Lokakarya",
     "TEK-TRT-1:4 MAN-3:3", "BKPSDM", "Tidak", "unit_kind:public_order", "", _IKM, "", _INDEX),
)  # fmt: skip
_PROJECTS: Final[Row] = (
    "MPR-01", "Manajemen proyek infrastruktur", "Infrastructure project management", "Infrastruktur", 24, "Klasikal",
    "TEK-INF-1:4", "Dinas PUPR", "Tidak", _INFRASTRUCTURE, _PROJECT, _PROJECT,
    _VARIANCE, _VARIANCE,
)  # fmt: skip
#: What a city has beside that: its own fields (TT-26), its named courses (TS-10), projects (TB-10, MT-19).
_OWN: Final[Mapping[str, tuple[Row, ...]]] = {
    "tebingtinggi": (
        ("PED-01", "Pembelajaran yang berpusat pada murid", "Student-centred teaching", "Pedagogik", 16, "Lokakarya",
         "TEK-DIK-1:3", "BPMP", "Tidak", "unit_kind:school", "", "Nilai rapor pendidikan"),
    ),
    "tanjungselor": (
        ("MWK-01", "Manajemen waktu", "Time management", "Manajerial", 8, "Lokakarya", "MAN-4:3", "BKPSDM", "Tidak", "",
         _ON_TIME, "", _SHARE, ""),
        ("KOM-01", "Komunikasi dengan masyarakat", "Communication with citizens", "Pelayanan", 8, "Klasikal",
         "MAN-3:3", "BKPSDM", "Tidak", "", "", _IKM, "", _INDEX),
    ),
    "tanjungbalai": (_PROJECTS,),
    "mataram": (_PROJECTS,),
}  # fmt: skip
#: Where nominations run: nobody of the tour works there.
_SHOWN_UNIT: Final = "SATPOLPP"
_MOST_SHOWN: Final = 3


def load_training(engine: Engine, city: str, actor: Actor) -> None:
    """Import the made-up training of a demonstration city and begin some nominations; doing it again changes nothing.

    :raise ImportRefused: the generator and the imports do not agree.
    """
    today, rules = engine.clock().astimezone(engine.directory.zone(city)).date(), engine.directory.city(city)
    town = build_town(city)
    for name, rows in training_rows(town, today).items():
        kind = TRAINING_KINDS[name]
        with engine.database.reading() as read:
            file = f"{city}-{name}.csv"
            plan = read_import(kind, _as_text(kind, rows), read, city, today, name=file, city=rules)
        if not isinstance(plan, ImportPlan):
            raise ImportRefused(tuple(plan))
        engine.run(ImportRows(plan), actor)
    with engine.database.reading() as read:
        is_deployed = read.execute(latest_release, {"tenant": city, "process": NOMINATION}).first() is not None
    if is_deployed:
        open_training_sessions(engine, city)
        _nominate(engine, town, today)


def training_rows(town: Town, today: date) -> dict[str, list[Row]]:
    """Return the rows of each kind of file, in the order in which a city imports them."""
    return {
        "courses": [*_EVERYWHERE, *_OWN.get(town.plan.code, ())],
        "training-sessions": list(_sessions(town, today)),
        "training-history": list(_history(town, today)),
    }


def _sessions(town: Town, today: date) -> Iterator[Row]:
    codes = [str(row[0]) for row in (*_EVERYWHERE, *_OWN.get(town.plan.code, ()))]
    for number, code in enumerate(codes):
        first = _workday(today + timedelta(days=45 + 5 * number))
        last = first if code == SYSTEM_COURSE else _workday(first + timedelta(days=1))
        cost, budget = (0, None) if code == SYSTEM_COURSE else (750_000, 15_000_000)
        own = (f"{code}-{first.year}-{first.month:02}", code, first - timedelta(days=25), first, last)
        yield *own, "Aula BKPSDM", 100 if code == SYSTEM_COURSE else 20, cost, budget, "5.03.02.2.01 (data uji)"


def _history(town: Town, today: date) -> Iterator[Row]:
    chance = Random(f"alur {town.plan.code} training")  # noqa: S311  # the same data on every machine, no secret
    for number, person in enumerate(town.people):
        if chance.random() < 0.6:
            ended = date(today.year, 1, 5) + timedelta(
                days=chance.randint(0, max(0, (today - date(today.year, 1, 5)).days))
            )
            name, field, hours = chance.choice(
                (("Budaya kerja BerAKHLAK", "Manajerial", 6), ("Keamanan informasi", "Teknologi informasi", 4),
                 ("Pelayanan publik dasar", "Pelayanan", 12))
            )  # fmt: skip
            yield person.nip, name, field, hours, min(ended, today), f"UJI-{number:04}/{today.year}", "BKPSDM", None


def _nominate(engine: Engine, town: Town, today: date) -> None:
    """Let some people of a unit nominate themselves for the course that answers their gap."""
    code = town.plan.code
    parts = {persona.nip for persona in personas(code)}
    staff = [one for one in town.people if one.unit.code == _SHOWN_UNIT and not one.is_head and one.nip not in parts]
    with engine.database.reading() as read:
        people = [found.id for one in staff if (found := employee_by_nip(read, code, one.nip)) is not None]
        (session,) = [item for item in coming_sessions(read, code, today) if item.course == "TRT-01"]
        lacking = [
            person
            for person in people
            if any(
                item.gap and item.competency.code in ("TEK-TRT-1", "MAN-3")
                for item in competency_gaps(read, code, person, day=today)
            )
        ]
    for person in lacking[:_MOST_SHOWN]:
        try:
            engine.run(Nominate(person, session.id), Actor(code, person))
        except NominatedAlready:
            continue


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _as_text(kind: ImportKind, rows: Iterable[Row]) -> bytes:
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\n")
    sheet.writerow(kind.template())
    sheet.writerows(rows)
    return text.getvalue().encode()
