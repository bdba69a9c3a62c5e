"""Keeps the figures of processes up to date, behind the steps: city by city, in batches that are each one command."""

import logging
from contextlib import suppress
from typing import Final

from sqlalchemy import select

from engine.commands.fold_steps import BATCH, FoldSteps
from engine.engine import Engine
from engine.errors import Conflict
from engine.policy.actor import system_actor
from engine.queries.mining import is_behind
from engine.records.tenant import tenant
from engine.waking import all_of_them

EVERY_TEN_MINUTES: Final = "*/10 * * * *"
#: Of one city in one turn, so that a city with years of cases holds up no other; the rest is taken in the next time.
MOST_BATCHES: Final = 100

logger = logging.getLogger(__name__)
_open = select(tenant.c.code).where(tenant.c.standing.is_(None)).order_by(tenant.c.code)


def fold_steps(engine: Engine, most: int = MOST_BATCHES) -> None:
    """Take in what cases of all open cities have done since the last time; of two that do so at once, one does.

    What goes wrong in one city holds up no other; the first failure is raised at the end.

    :param most: batches of a city.
    """
    with engine.database.reading() as read:
        cities = read.execute(_open).scalars().all()
    with all_of_them() as attempt:
        for city in cities:
            try:
                engine.directory.zone(city)
            except Exception as error:
                # Whatever is wrong with the plugin of one city, the others go on.
                logger.info("Figures of city %s wait, its rules cannot be asked: %s", city, type(error).__name__)
                continue
            with attempt(), suppress(Conflict):
                fold_city(engine, city, most)


def fold_city(engine: Engine, city: str, most: int = MOST_BATCHES, size: int = BATCH) -> bool:
    """Take in what the cases of a city have done since the last time; say whether nothing is left.

    :param most: batches.
    :param size: of a batch.
    :raise Conflict: somebody else does so just now.
    """
    actor, after = system_actor(city), 0
    if not engine.read(is_behind, actor, engine.clock()):
        return True  # a command that does nothing would only make the audit trail longer
    for _ in range(most):
        following = engine.run(FoldSteps(after, size), actor).value
        if following is None:
            return True
        after = following
    return False
