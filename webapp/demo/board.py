"""A vacant post of a demonstration city that the promotion board is filling."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from typing import Any, Final

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.engine import Engine
from engine.policy.actor import Actor
from engine.queries.inbox import group_tasks, my_tasks
from engine.records.case import case
from engine.records.release import latest_release
from processes.people.city import PositionLevel
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import
from processes.people.queries import employee_by_nip, groups_on
from processes.people.records import EmployeeKind, Role, post
from processes.promotion.board.commands.open_filling import OpenFilling
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.imports import POST_KINDS
from webapp.demo.files import KINDS
from webapp.demo.personas import personas
from webapp.demo.places import AGENCY, TOP
from webapp.demo.town import SINCE, Person, Town, build_town

#: The city that shows it: one is enough, and the others load faster.
_CITY: Final = "serang"
_UNIT: Final = "DISDUKCAPIL"
_POST: Final = f"{_UNIT}.KASUBBAG-2"
_STANDARD: Final = (("MAN-1", 2), ("MAN-4", 2), ("MAN-5", 2), ("MAN-8", 2), ("SOS-1", 2))
#: Who sits on the board; nobody of the tour is asked for anything.
_BOARD: Final = ("ITKOT", "BAPPEDA", "DINKES")
#: So many experts have been in their posts for long enough.
_MOST_EXPERTS: Final = 8
_LEAST_CLASS: Final = 8
_LONG_AGO: Final = date(2019, 1, 1)
_WEIGHT: Final = 60

Row = tuple[object, ...]


def load_board(engine: Engine, city: str, actor: Actor) -> None:
    """Begin to fill a vacant post up to the board's review; doing it again changes nothing.

    Without the diagram, as tests make cities, there is nothing to show.

    :raise ImportRefused: the generator and the imports do not agree.
    """
    if city != _CITY or not _is_due(engine, city):
        return
    town = build_town(city)
    files = {"posts": (_vacant(town),), "post-standards": _standards(), "employees": tuple(_experts(town))}
    for name, rows in files.items():
        _import(engine, {**KINDS, **POST_KINDS}[name], rows, actor)
    for code in _BOARD:
        engine.run(GrantRole(_key(engine, actor, town.at(code)), Role.PROMOTION_BOARD, SINCE), actor)
    with engine.database.reading() as read:
        vacant = read.execute(post.select().where(post.c.tenant == city, post.c.code == _POST)).one().id
    verifier = _as(engine, actor, town.at(AGENCY, "staff1"))
    engine.run(OpenFilling(vacant), verifier)
    _does(engine, verifier, "set_criteria", {"performance_weight": _WEIGHT})
    _does(engine, _as(engine, actor, town.at(TOP)), "sign_criteria", {"outcome": "sign"})
    _does(engine, _as(engine, actor, town.at(_BOARD[0])), "review", {"answer": "agrees"})


def _is_due(engine: Engine, city: str) -> bool:
    began = case.select().where(case.c.tenant == city, case.c.process == BOARD_PROCESS)
    with engine.database.reading() as read:
        release = read.execute(latest_release, {"tenant": city, "process": BOARD_PROCESS}).first()
        return release is not None and read.execute(began).first() is None


def _vacant(town: Town) -> Row:
    return _POST, "Kepala Subbagian Perencanaan dan Keuangan", _UNIT, "Pengawas", "general", 9


def _standards() -> tuple[Row, ...]:
    return tuple((_POST, code, level) for code, level in _STANDARD)


def _experts(town: Town) -> Iterator[Row]:
    """Yield since when some functional experts are in their posts: long enough for a higher one."""
    parts = {persona.nip for persona in personas(town.plan.code)}
    fit = (person for person in town.people if _is_expert(person) and person.nip not in parts)
    for person, _number in zip(fit, range(_MOST_EXPERTS), strict=False):
        yield person.nip, person.name, person.unit.code, person.post_code, _LONG_AGO


def _is_expert(person: Person) -> bool:
    is_fit = person.seat.level is PositionLevel.FUNCTIONAL_POSITION and person.seat.job_class >= _LEAST_CLASS
    is_there = person.kind is EmployeeKind.PNS and not person.has_retired
    return is_fit and is_there and person.seat.family == "general" and person.active_from <= _LONG_AGO


def _import(engine: Engine, kind: ImportKind, rows: Sequence[Row], actor: Actor) -> None:
    tenant = actor.tenant
    today = engine.clock().astimezone(engine.directory.zone(tenant)).date()
    with engine.database.reading() as read:
        name, city = f"{tenant}-{kind.name}-tpk.csv", engine.directory.city(tenant)
        plan = read_import(kind, _as_text(kind, rows), read, tenant, today, name=name, city=city)
    if not isinstance(plan, ImportPlan):
        raise ImportRefused(tuple(plan))
    engine.run(ImportRows(plan), actor)


def _as_text(kind: ImportKind, rows: Sequence[Row]) -> bytes:
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\n")
    heads = {
        "posts": ("Kode Jabatan", "Nama Jabatan", "Kode Unit", "Jenjang", "Rumpun", "Kelas Jabatan"),
        "employees": ("NIP", "Nama", "Kode Unit", "Kode Jabatan", "TMT Jabatan"),
    }
    sheet.writerow(heads.get(kind.name) or kind.template())
    sheet.writerows(rows)
    return text.getvalue().encode()


def _does(engine: Engine, actor: Actor, element: str, answers: dict[str, Any]) -> None:
    rows = (*engine.read(my_tasks, actor).rows, *engine.read(group_tasks, actor).rows)
    row = next(row for row in rows if row.element == element)
    if not row.is_mine:
        engine.run(ClaimTask(row.case_id, row.token), actor)
    engine.run(CompleteTask(row.case_id, row.token, answers), actor)


def _key(engine: Engine, actor: Actor, person: Person) -> int:
    with engine.database.reading() as read:
        found = employee_by_nip(read, actor.tenant, person.nip)
    assert found is not None, "the people of the town are imported"
    return found.id


def _as(engine: Engine, actor: Actor, person: Person) -> Actor:
    key, tenant = _key(engine, actor, person), actor.tenant
    today = engine.clock().astimezone(engine.directory.zone(tenant)).date()
    with engine.database.reading() as read:
        return Actor(tenant, key, groups_on(read, tenant, key, today), today)
