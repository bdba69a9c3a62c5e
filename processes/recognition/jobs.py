"""Background work of recognition: what the rules of a city found is proposed every night."""

import logging
from contextlib import suppress

from engine.command import Command
from engine.engine import Engine
from engine.errors import Conflict, Invalid, NotFound
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.people.city import CityError
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.propose_unit import ProposeUnitAward
from processes.recognition.proposing import find_proposals, find_unit_proposals, proposing_cities

logger = logging.getLogger(__name__)

EVERY_NIGHT = "40 17 * * *"  # in UTC: shortly after midnight in western and central Indonesia


@TASKS.task("propose_awards", cron=EVERY_NIGHT)
def propose_awards(engine: Engine) -> None:
    """Nominate whom the rules of each city found, people and units; a rule only proposes, people decide.

    A city whose rules cannot be asked waits for the next night.
    """
    with engine.database.reading() as read:
        cities = proposing_cities(read)
    for tenant in cities:
        try:
            _propose(engine, tenant)
        except CityError as error:
            logger.warning("City %s proposes nobody, its rules cannot be asked: %s", tenant, type(error).__name__)


def _propose(engine: Engine, tenant: str) -> None:
    day = engine.clock().astimezone(engine.directory.zone(tenant)).date()
    city = engine.directory.city(tenant)
    with engine.database.reading() as read:
        found = find_proposals(read, city, tenant, day)
        units = find_unit_proposals(read, city, tenant, day)
    commands: list[Command] = [
        *(NominateForAward(one.program_id, one.employee_id, one.reason, one.evidence) for one in found),
        *(ProposeUnitAward(one.unit_id, one.year, one.quarter, one.award, one.reason, one.evidence) for one in units),
    ]
    for command in commands:
        # Whoever has left, or was nominated a moment ago, is no reason to forget the others.
        with suppress(Conflict, NotFound, Invalid):
            engine.run(command, system_actor(tenant))
