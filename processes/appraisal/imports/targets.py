"""Import of the targets agreed in employees' plans (SKP)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.appraisal.imports.positions import INDICATOR, NIP, YEAR, Positions
from processes.appraisal.imports.scored import warn_of_scored
from processes.appraisal.records import target
from processes.appraisal.rules import apply_targets
from processes.people.city import Indicator, Period, Target, Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.batch import with_file_values
from processes.people.imports.cells import read_number

COLUMNS = (
    NIP,
    YEAR,
    INDICATOR,
    Column("baseline", "Angka Awal", read_number(), required=False, aliases=("baseline", "awal")),
    Column("target", "Target", read_number(), required=False),
    Column("weight", "Bobot", read_number(0, 100), required=False),
)

_targets = select(target).where(target.c.tenant == bindparam("tenant"))


_KEYS = ("tenant", "employee_id", "year", "indicator")
#: The targets of one plan by indicator.
_Plan = dict[str, Mapping[str, Any]]


def plan_targets(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed targets; together with those stored they must make a plan that can be scored."""
    stored = {(row["employee_id"], row["year"], row["indicator"]): row for row in planning.stored(_targets)}
    plans: dict[tuple[int, int], _Plan] = {}
    for (employee_id, year, code), known in stored.items():
        plans.setdefault((employee_id, year), {})[code] = known
    batch = Batch(planning, target, _KEYS, ("baseline", "target", "weight"))
    positions = Positions(planning)
    last: dict[tuple[int, int], ImportRow] = {}
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is not None and _is_known(planning, positions, row, employee_id) and row.is_whole:
            key = (employee_id, row["year"], row["indicator"])
            values = with_file_values(stored.get(key, {}), row, batch.columns)
            values |= dict(zip(_KEYS, (planning.around.tenant, *key), strict=True))
            batch.put(stored.get(key), values)
            plans.setdefault(key[:2], {})[row["indicator"]] = values
            last[key[:2]] = row
    partial = [row for row in rows if not row.is_whole]
    for (employee_id, year), row in last.items():
        # A plan of which a line could not be read would only be blamed for what is missing.
        if not any(_may_share_plan(row, other) for other in partial):
            _check_plan(positions, row, employee_id, plans[employee_id, year])
    warn_of_scored(planning, batch, "employee_id", "year")
    batch.close()


def _may_share_plan(row: ImportRow, other: ImportRow) -> bool:
    return all(not other.has_read(name) or other[name] == row[name] for name in ("nip", "year"))


def _is_known(planning: Planning, positions: Positions, row: ImportRow, employee_id: int) -> bool:
    if not row.has_read("year"):
        return False
    own = _sets(positions, row, employee_id)
    if own is None:
        return planning.around.city is None
    known = dict.fromkeys(code for indicators in own.values() for code in indicators)
    if row["indicator"] not in known:
        planning.reject(row, "indicator", "unknown_indicator", value=row["indicator"], choices=", ".join(known))
        return False
    return True


def _sets(positions: Positions, row: ImportRow, employee_id: int) -> dict[Period, dict[str, Indicator]] | None:
    """Return the sets by which a year's plan is scored: a quarter's may differ from the year's.

    A number that is published once a year stands in the year's set alone; what stands for it in a quarter has a target
    of its own, as in Mataram's social office.
    """
    year = row["year"]
    quarters = (Period.quarter(year, number) for number in range(1, 5))
    return positions.sets(row, employee_id, Period.year(year), *quarters)


def _check_plan(positions: Positions, row: ImportRow, employee_id: int, plan: _Plan) -> None:
    agreed = {code: Target(item["baseline"], item["target"], item["weight"]) for code, item in plan.items()}
    sets = _sets(positions, row, employee_id)
    if sets is not None:
        plans = {period: apply_targets(tuple(own.values()), agreed) for period, own in sets.items()}
        for message in positions.errors(employee_id, plans):
            positions.planning.reject(row, "nip", "plan", text_id=message.text_id, text_en=message.text_en)


TARGETS = ImportKind(
    "targets",
    "Target kinerja",
    "Targets",
    COLUMNS,
    ("nip", "year", "indicator"),
    plan_targets,
    about=Text(
        "Indikator, target, dan bobot dalam rencana setiap orang.",
        "Indicators, targets and weights of everybody's plan.",
    ),
)
