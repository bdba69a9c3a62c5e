"""Deploys diagrams whose steps ask a decision, for the tests of what is kept and shown of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import update

from engine.records.history import journal
from engine.records.packing import pack
from tests.unit.engine.bpmn.shapes import each
from tests.unit.engine.diagrams import diagram, end, path, script, start, user
from tests.unit.engine.dmn.models import file
from tests.unit.engine.dmn.tables import table
from tests.unit.engine.moves import entries
from tests.unit.engine.world import World

ANN = 11
RULES = [([">= 76", "-"], ['"B"']), (["< 76", '"cuti"'], ['"C"']), (["-", "-"], ['"D"'])]


def decides(name: str, inner: str = "", ref: str = "d") -> str:
    """A business rule task."""
    said = f'<alur:decision ref="{ref}" result="grade"/>'
    return (
        f'<bpmn:businessRuleTask id="{name}"><bpmn:extensionElements>{said}</bpmn:extensionElements>{inner}'
        "</bpmn:businessRuleTask>"
    )


def rules(folder: Path, content: bytes | None = None) -> Path:
    """Write the table of the decision `d`: the first rule that applies counts."""
    target = folder / "rules.dmn"
    target.write_bytes(content or file(table(*RULES, inputs=("score", "reason"), policy="FIRST")))
    return target


def deploy(world: World, folder: Path, *names: str, content: bytes | None = None) -> None:
    """Deploy a process that decides, asks Ann, decides again, asks Ann, … and ends."""
    deciding = names or ("grade",)
    asking = [f"wait_{name}" for name in deciding]
    between = [item for pair in zip(deciding, asking, strict=True) for item in pair]
    tasks = (user(name, str(ANN)) for name in asking)
    ways = path("begin", *between, "done")
    drawn = diagram(folder, start(), *map(decides, deciding), *tasks, end(), ways)
    world.deploy(drawn, rules(folder, content))


def deploy_rounds(world: World, folder: Path) -> None:
    """Deploy a process that decides for each of the scores of a case, one after another."""
    rounds = each("scores", one_by_one=True, item="score", output="grade", gives="grades")
    tasks = decides("grade", rounds), user("wait", str(ANN))
    world.deploy(diagram(folder, start(), *tasks, end(), path("begin", "grade", "wait", "done")), rules(folder))


def deploy_days(world: World, folder: Path) -> None:
    """Deploy a process that decides by the third working day from the start on, and ends."""
    limit = script("count", "limit", "working days after(today(), 3)")
    content = file(table((['<= date("2026-10-08")'], ['"A"']), (['> date("2026-10-08")'], ['"B"']), inputs=("limit",)))
    ways = path("begin", "count", "grade", "done")
    world.deploy(diagram(folder, start(), limit, decides("grade"), end(), ways), rules(folder, content))


def rewrite(world: World, case: int, change: Callable[[dict[str, Any]], object], version: int = 1) -> None:
    """Change an entry of the journal behind the back of the engine."""
    entry = dict(entries(world, case)[version - 1])
    change(entry)
    with world.engine.database.writing() as connection:
        connection.execute(
            update(journal).where(journal.c.case_id == case, journal.c.version == version).values(entry=pack(entry))
        )
