"""An open selection that takes applications: the first vacant high leadership post of a demonstration city."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from engine.engine import Engine
from engine.errors import Invalid
from engine.policy.actor import Actor
from processes.people.queries import employee_by_nip, groups_on
from processes.promotion.selection.commands.change_panel import AddPanelMember
from processes.promotion.selection.commands.open_selection import OpenSelection
from processes.promotion.selection.queries.selections import newest_selections
from processes.promotion.selection.queries.vacant import vacant_posts
from processes.promotion.selection.ranking import Stage
from webapp.demo.places import AGENCY, TOP
from webapp.demo.town import Person, build_town

#: The city that shows it: one is enough, and the others load faster.
_CITY: Final = "serang"
_WEIGHTS: Final = {Stage.RECORD: 20, Stage.ASSESSMENT: 25, Stage.PAPER: 20, Stage.INTERVIEW: 35}
_OPEN_FOR: Final = timedelta(days=40)


def load_selection(engine: Engine, city: str, actor: Actor) -> None:
    """Announce a post with the internal members of its panel; doing it again changes nothing.

    Without the diagram, as tests make cities, there is nothing to show.
    """
    if city != _CITY:
        return
    town, day = build_town(city), engine.clock().astimezone(engine.directory.zone(city)).date()
    with engine.database.reading() as read:
        posts = vacant_posts(read, city, day)
        if newest_selections(read, city) or not posts:
            return
    verifier = _acts(engine, actor.tenant, town.at(AGENCY, "staff1"), day)
    weights = {stage: Decimal(weight) for stage, weight in _WEIGHTS.items()}
    announcing = OpenSelection(posts[0].id, day + _OPEN_FOR, weights, f"800/{day.year}/PANSEL-01")
    with suppress(Invalid):  # no diagram
        case_id = engine.run(announcing, verifier).value
        for member in (town.at(TOP), town.at(AGENCY)):
            person = _acts(engine, actor.tenant, member, day).person
            assert person is not None, "the people of the town are imported"
            engine.run(AddPanelMember(int(case_id), person), verifier)


def _acts(engine: Engine, tenant: str, person: Person, day: date) -> Actor:
    with engine.database.reading() as read:
        found = employee_by_nip(read, tenant, person.nip)
        assert found is not None, "the people of the town are imported"
        return Actor(tenant, found.id, groups_on(read, tenant, found.id, day), day)
