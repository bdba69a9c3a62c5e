"""Body of the job that looks ahead at a design, and the forgetting of what was found.

A worker that is killed has written nothing: its job comes again, and finds the same.
"""

import logging
from contextlib import suppress
from functools import partial
from time import sleep
from typing import TypeAlias

from sqlalchemy import Connection, select

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.commands.end_foresight import EndForesight
from engine.commands.forget_foresights import ForgetForesights
from engine.designs.finding import find_design
from engine.engine import Engine
from engine.errors import AlreadyDone, NotFound
from engine.foresight.answer import Answer
from engine.foresight.effort import Effort
from engine.foresight.keeping import Foresight, Trouble, find_foresight
from engine.foresight.looking import look_ahead
from engine.foresight.past import Past
from engine.foresight.question import Question
from engine.foresight.simulating import TookTooLong
from engine.policy.actor import Actor, system_actor
from engine.queries.foresight import read_ground, read_history
from engine.records.foresight import foresight
from engine.services import Directory

#: What is known of the process, and what is asked of it.
_Known: TypeAlias = tuple[Past, Question]
logger = logging.getLogger(__name__)
_with_foresights = select(foresight.c.tenant).distinct()


def foresee(engine: Engine, *, tenant: str, number: int) -> None:
    """Answer what was asked of a look ahead; one that is answered, or no longer kept, is left alone.

    No transaction is open and no lock held while it is worked out.
    """
    actor = system_actor(tenant)
    with suppress(NotFound, AlreadyDone):  # forgotten meanwhile, or another worker was faster
        asked, known = engine.read(_read_past, actor, engine.directory, number)
        if asked.ended_at is None:
            engine.run(EndForesight(number, _found(asked, known)), actor)


def _read_past(read: Connection, actor: Actor, directory: Directory, number: int) -> tuple[Foresight, _Known | Trouble]:
    """Return what was asked and what is known of the process, or why it is not worked out."""
    asked = find_foresight(read, actor.tenant, number)
    design = find_design(read, actor.tenant, asked.design_id)
    if asked.diagram is None or design.status.is_closed:
        return asked, Trouble.CLOSED
    if asked.question is None:
        return asked, Trouble.OTHER_VERSION
    outline, _problems = read_outline(read_xml(asked.diagram, design.diagram_name), design.diagram_name)
    if outline is None:
        return asked, Trouble.BROKEN
    ground = read_ground(read, actor, directory, design.process, months=asked.question.months, now=asked.asked_at)
    history = read_history(read, actor, design.process, ground, outline)
    return asked, (ground.past(outline, history), asked.question)


def _found(asked: Foresight, known: _Known | Trouble) -> Answer | Trouble:
    if isinstance(known, Trouble):
        return known
    try:
        # At each look whoever answers a page in the same process has his turn; else pages take twice as long meanwhile.
        return look_ahead(*known, Effort(pause=partial(sleep, 0)))
    except TookTooLong:
        return Trouble.TOO_MUCH
    except Exception:
        # Whatever it is, trying again would find the same: the page says so, and the log says what it was.
        logger.exception("Looking ahead at design %s failed", asked.design_id)
        return Trouble.BROKEN


def forget_foresights(engine: Engine) -> None:
    """Drop, in every city, looks ahead whose time is over."""
    with engine.database.reading() as read:
        tenants = read.execute(_with_foresights).scalars().all()
    for tenant in tenants:
        engine.run(ForgetForesights(), system_actor(tenant))
