"""Import of the targets agreed in employees' plans (SKP)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.appraisal.imports.positions import INDICATOR, NIP, YEAR, Positions
from processes.appraisal.records import target
from processes.appraisal.rules import apply_targets
from processes.people.city import Period, Target
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_number
from processes.people.imports.planning import with_file_values

COLUMNS = (
    NIP,
    YEAR,
    INDICATOR,
    Column("baseline", "Angka Awal", read_number(), required=False, aliases=("baseline", "awal")),
    Column("target", "Target", read_number(), required=False),
    Column("weight", "Bobot", read_number(0, 100), required=False),
)

_targets = select(target).where(target.c.tenant == bindparam("tenant"))


def plan_targets(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed targets; together with those stored they must make a plan that can be scored."""
    stored = {(row["employee_id"], row["year"], row["indicator"]): row for row in planning.stored(_targets)}
    batch = Batch(planning, target, ("tenant", "employee_id", "year", "indicator"), ("baseline", "target", "weight"))
    plans: dict[tuple[int, int], dict[str, Mapping[str, Any]]] = {}
    for (employee_id, year, code), known in stored.items():
        plans.setdefault((employee_id, year), {})[code] = known
    last: dict[tuple[int, int], ImportRow] = {}
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None:
            continue
        key = (employee_id, row["year"], row["indicator"])
        values = with_file_values(stored.get(key, {}), row, batch.columns)
        values |= dict(zip(("tenant", "employee_id", "year", "indicator"), (planning.around.tenant, *key), strict=True))
        batch.put(stored.get(key), values)
        plans.setdefault(key[:2], {})[row["indicator"]] = values
        last[key[:2]] = row
    _check_plans(planning, {owner: (row, plans[owner]) for owner, row in last.items()})
    batch.close()


_Plans = Mapping[tuple[int, int], tuple[ImportRow, Mapping[str, Mapping[str, Any]]]]


def _check_plans(planning: Planning, plans: _Plans) -> None:
    positions = Positions(planning)
    for (employee_id, year), (row, targets) in plans.items():
        own = positions.indicators(row, employee_id, Period.year(year))
        unknown = [code for code in targets if own is not None and code not in own]
        for code in unknown:
            planning.reject(row, "indicator", "unknown_indicator", value=code, choices=", ".join(own or ()))
        if own is not None and not unknown:
            agreed = {code: Target(item["baseline"], item["target"], item["weight"]) for code, item in targets.items()}
            for message in positions.errors(employee_id, Period.year(year), apply_targets(tuple(own.values()), agreed)):
                planning.reject(row, "nip", "plan", text_id=message.text_id, text_en=message.text_en)


TARGETS = ImportKind("targets", "Target kinerja", "Targets", COLUMNS, ("nip", "year", "indicator"), plan_targets)
