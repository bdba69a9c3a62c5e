"""Loads a demonstration city through the same path as everybody's files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from engine.engine import Engine
from engine.policy.actor import Actor
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, ImportRefused, ImportSummary, read_import
from processes.people.queries import all_units, employee_by_nip, roles_on
from webapp.demo.board import load_board
from webapp.demo.careers import load_careers
from webapp.demo.competencies import load_competencies
from webapp.demo.files import EXAMPLE, KINDS, generate
from webapp.demo.personas import Persona, officers, personas
from webapp.demo.recognition import load_recognition
from webapp.demo.selection import load_selection
from webapp.demo.town import SINCE
from webapp.demo.training import load_training

#: Called with the kind that is being imported.
Notice = Callable[[str], None]


def load_demo(
    engine: Engine, city: str, actor: Actor, notice: Notice | None = None, *, examples: Path | None = None
) -> dict[str, ImportSummary]:
    """Generate a demonstration city and import it; loading it again changes nothing.

    Passwords are none of its business. Which quarter is open follows from the engine's clock.

    :param actor: of that city, allowed to import and to grant roles: the system.
    :param examples: a folder that keeps the file which is left for people to import themselves.
    :raise ImportRefused: the generator and the imports do not agree.
    """
    summaries: dict[str, ImportSummary] = {}
    today = _today(engine, city)
    with TemporaryDirectory(prefix="alur-demo-") as folder:
        for name, path in generate(city, Path(folder), today, engine.directory.city(city)).items():
            if name == EXAMPLE:
                _keep(path, examples, city)
                continue
            if notice is not None:
                notice(name)
            summaries[name] = _import(engine, name, path, actor)
    for persona in (*personas(city), *officers(city)):
        _grant(engine, persona, actor)
    load_competencies(engine, city, actor)
    load_careers(engine, city, actor)
    load_board(engine, city, actor)
    load_selection(engine, city, actor)
    load_training(engine, city, actor)
    load_recognition(engine, city, actor)
    return summaries


def example_name(city: str) -> str:
    """Return the name of a city's file for people to import themselves: realisations of the open quarter."""
    return f"realisasi-{city}.csv"


def _keep(path: Path, examples: Path | None, city: str) -> None:
    if examples is not None:
        examples.mkdir(exist_ok=True)
        copyfile(path, examples / example_name(city))


def _import(engine: Engine, name: str, path: Path, actor: Actor) -> ImportSummary:
    tenant = actor.tenant
    today = _today(engine, tenant)
    with engine.database.reading() as read:
        plan = read_import(KINDS[name], path, read, tenant, today, city=engine.directory.city(tenant))
    if not isinstance(plan, ImportPlan):
        raise ImportRefused(tuple(plan))
    summary = engine.run(ImportRows(plan), actor).value
    assert isinstance(summary, ImportSummary)
    return summary


def _today(engine: Engine, city: str) -> date:
    return engine.clock().astimezone(engine.directory.zone(city)).date()


def _grant(engine: Engine, persona: Persona, actor: Actor) -> None:
    if persona.role is None:
        return
    with engine.database.reading() as read:
        person = employee_by_nip(read, actor.tenant, persona.nip)
        units = {unit.code: unit.id for unit in all_units(read, actor.tenant)}
        assert person is not None, "personas are among the imported employees"
        held = {(grant.role, grant.unit_id) for grant in roles_on(read, actor.tenant, person.id, SINCE)}
    unit_id = units[persona.role_unit] if persona.role_unit is not None else None
    if (persona.role, unit_id) not in held:
        engine.run(GrantRole(person.id, persona.role, SINCE, unit_id=unit_id), actor)
