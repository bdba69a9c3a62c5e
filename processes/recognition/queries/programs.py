"""Awards for which people are nominated: one, or all of a city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.recognition.queries.pages import Paged, read_page
from processes.recognition.records import award_panel, award_program


@dataclass(frozen=True, slots=True)
class Program:
    """An award: when people are nominated, who scores by which weights, what goes with it.

    :param weights: percent of `performance`, `conduct` and `impact`.
    :param panel: ids of those who score.
    """

    id: int
    tenant: str
    name: str
    siasn_code: str | None
    opens_on: date
    closes_on: date
    weights: Mapping[str, Decimal]
    amount: Decimal | None
    dpa_code: str | None
    rule: str | None
    panel: tuple[int, ...]

    def is_open(self, day: date) -> bool:
        """Say whether people can be nominated on a day."""
        return self.opens_on <= day <= self.closes_on


_programs: AnySelect = select(award_program).where(award_program.c.tenant == TENANT)
_one = _programs.where(award_program.c.id == bindparam("program_id"))
_all = _programs.order_by(award_program.c.closes_on.desc(), award_program.c.id.desc())
_panels = (
    select(award_panel.c.program_id, award_panel.c.employee_id)
    .where(award_panel.c.tenant == TENANT)
    .order_by(award_panel.c.employee_id)
)


def find_program(read: Connection, tenant: str, program_id: int) -> Program:
    """Return an award of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "program_id": program_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _program(row, _panels_of(read, tenant).get(row.id, ()))


def city_programs(read: Connection, tenant: str) -> tuple[Program, ...]:
    """Return the awards of a city, the last to close first."""
    panels = _panels_of(read, tenant)
    return tuple(_program(row, panels.get(row.id, ())) for row in read.execute(_all, {"tenant": tenant}))


def all_programs(read: Connection, actor: Actor, page: int) -> Paged[Program]:
    """Return a page of the awards of the actor's city, the last to close first."""
    panels = _panels_of(read, actor.tenant)
    return read_page(read, _all, {"tenant": actor.tenant}, page, lambda row: _program(row, panels.get(row.id, ())))


def _panels_of(read: Connection, tenant: str) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for row in read.execute(_panels, {"tenant": tenant}):
        found[row.program_id] = (*found.get(row.program_id, ()), row.employee_id)
    return found


def _program(row: AnyRow, panel: tuple[int, ...]) -> Program:
    weights = {name: getattr(row, f"weight_{name}") for name in ("performance", "conduct", "impact")}
    return Program(
        row.id,
        row.tenant,
        row.name,
        row.siasn_code,
        row.opens_on,
        row.closes_on,
        weights,
        row.amount,
        row.dpa_code,
        row.rule,
        panel,
    )
