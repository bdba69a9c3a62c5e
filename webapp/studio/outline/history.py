"""The changes that one person can take back in the list of steps, and those taken back that can be made again.

The session holds only numbers: which design, and of each step the version of the files before it and the mark of their
diagram. As soon as somebody changes the diagram in another way, none of them is offered any more.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final

from flask import session

from engine.designs.finding import Design, content_mark
from engine.designs.stepping import MOST_STEPS, find_step, kept_versions
from engine.errors import NotFound
from engine.policy.actor import Actor
from webapp.current import ask, current_alur
from webapp.studio.reading import read_design
from webapp.wiring import Alur

_KEY: Final = "langkah"
_SHORT: Final = 8
State = tuple[int, str]


class NothingThere(NotFound):
    """There is nothing to take back or to make again, or what the design was then is not kept any more."""


@dataclass(frozen=True, slots=True)
class History:
    """What can be taken back and made again in a design, the latest last.

    :param now: mark of the diagram to which this applies.
    """

    design_id: int
    now: str
    back: tuple[State, ...] = ()
    ahead: tuple[State, ...] = ()


def history_of(design: Design) -> History:
    """Return what this person can take back, as far as it is kept; nothing if the design was changed otherwise."""
    found, now = session.get(_KEY), _mark(design)
    if isinstance(found, list) and len(found) == 4 and found[:2] == [design.id, now]:
        versions = ask(_read_kept, design)
        return History(design.id, now, _states(found[2], versions), _states(found[3], versions))
    return History(design.id, now)


def note_change(before: Design, after: Design) -> None:
    """Remember that this person has made a change; what was taken back before cannot be made again any more."""
    was = history_of(before)
    _keep(History(after.id, _mark(after), (*was.back, _state(before)), ()))


def note_going(before: Design, after: Design, *, is_back: bool) -> None:
    """Remember that this person has taken a change back, or made it again."""
    was = history_of(before)
    if is_back:
        now = replace(was, back=was.back[:-1], ahead=(*was.ahead, _state(before)))
    else:
        now = replace(was, back=(*was.back, _state(before)), ahead=was.ahead[:-1])
    _keep(replace(now, now=_mark(after)))


def diagram_before(design: Design, *, is_back: bool) -> bytes:
    """Return the diagram to which taking back, or making again, leads.

    :raise NothingThere: there is nothing to take back, or it is not kept any more.
    """
    was = history_of(design)
    states = was.back if is_back else was.ahead
    if not states:
        raise NothingThere()
    version, mark = states[-1]
    try:
        content = ask(_read_step, current_alur(), design.id, version).get(design.diagram_name, b"")
    except NotFound as error:  # forgotten since the look above
        raise NothingThere() from error
    if content_mark(content)[:_SHORT] != mark:
        raise NothingThere()
    return content


def _read_step(read: Any, actor: Actor, alur: Alur, design_id: int, version: int) -> dict[str, bytes]:
    return dict(find_step(read, read_design(read, actor, alur, design_id), version))


def _read_kept(read: Any, _actor: Actor, design: Design) -> frozenset[int]:
    return kept_versions(read, design)


def _keep(history: History) -> None:
    kept = [[list(state) for state in states[-MOST_STEPS:]] for states in (history.back, history.ahead)]
    session[_KEY] = [history.design_id, history.now, *kept]


def _state(design: Design) -> State:
    return design.version, _mark(design)


def _mark(design: Design) -> str:
    return content_mark(design.diagram)[:_SHORT]


def _states(known: Any, kept: Collection[int]) -> tuple[State, ...]:
    """Return the latest states, back to the first that is not kept any more."""
    states = ((int(version), str(mark)) for version, mark in reversed(known))
    return tuple(takewhile(lambda state: state[0] in kept, states))[::-1]
