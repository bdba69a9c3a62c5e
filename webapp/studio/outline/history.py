"""The changes that one person can take back in the list of steps, and those taken back that can be made again.

The session holds only numbers: which design, and of each step the version of the files before it, the mark of their
diagram, and signs of the other files that the step changed. As soon as somebody changes the diagram in another way,
none of them is offered any more; and a step that changed other files is taken back with all of them or not at all.
"""

from collections.abc import Collection, Iterable, Mapping
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
_SHORTER: Final = 6


class NothingThere(NotFound):
    """There is nothing to take back or to make again, or what the design was then is not kept any more."""


@dataclass(frozen=True, slots=True)
class State:
    """What a design was before a step.

    :param mark: of its diagram then.
    :param others: signs of the other files that the step changed, as it left them.
    """

    version: int
    mark: str
    others: tuple[str, ...] = ()


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
        return History(design.id, now, *(_offered(_states(known, versions), design) for known in found[2:]))
    return History(design.id, now)


def note_change(before: Design, after: Design, changed: Iterable[str] = ()) -> None:
    """Remember that this person has made a change; what was taken back before cannot be made again any more.

    :param changed: the names of the files that were changed, besides the diagram.
    """
    was = history_of(before)
    _keep(History(after.id, _mark(after), (*was.back, _state(before, after, changed)), ()))


def note_going(before: Design, after: Design, changed: Iterable[str], *, is_back: bool) -> None:
    """Remember that this person has taken a change back, or made it again."""
    was, state = history_of(before), _state(before, after, changed)
    if is_back:
        now = replace(was, back=was.back[:-1], ahead=(*was.ahead, state))
    else:
        now = replace(was, back=(*was.back, state), ahead=was.ahead[:-1])
    _keep(replace(now, now=_mark(after)))


def files_before(design: Design, *, is_back: bool) -> Mapping[str, bytes | None]:
    """Return the diagram to which taking back, or making again, leads, and the other files that change with it.

    :raise NothingThere: there is nothing to take back, or it is not kept any more.
    """
    was = history_of(design)
    states = was.back if is_back else was.ahead
    if not states:
        raise NothingThere()
    state = states[-1]
    try:
        then = ask(_read_step, current_alur(), design.id, state.version)
    except NotFound as error:  # forgotten since the look above
        raise NothingThere() from error
    if content_mark(then.get(design.diagram_name, b""))[:_SHORT] != state.mark:
        raise NothingThere()
    names = {name for name in {*then, *design.files} if _sign(name, design.files.get(name)) in state.others}
    return {name: then.get(name) for name in (design.diagram_name, *sorted(names - {design.diagram_name}))}


def _read_step(read: Any, actor: Actor, alur: Alur, design_id: int, version: int) -> dict[str, bytes]:
    return dict(find_step(read, read_design(read, actor, alur, design_id), version))


def _read_kept(read: Any, _actor: Actor, design: Design) -> frozenset[int]:
    return kept_versions(read, design)


def _keep(history: History) -> None:
    kept = [[[state.version, state.mark, *state.others] for state in states[-MOST_STEPS:]]
            for states in (history.back, history.ahead)]  # fmt: skip
    session[_KEY] = [history.design_id, history.now, *kept]


def _state(before: Design, after: Design, changed: Iterable[str]) -> State:
    others = sorted(set(changed) - {before.diagram_name})
    return State(before.version, _mark(before), tuple(_sign(name, after.files.get(name)) for name in others))


def _sign(name: str, content: bytes | None) -> str:
    """Return what tells a file in a state from all others; without a content it is not there."""
    return content_mark(name.encode())[:_SHORTER] + (content_mark(content)[:_SHORT] if content is not None else "")


def _mark(design: Design) -> str:
    return content_mark(design.diagram)[:_SHORT]


def _states(known: Any, kept: Collection[int]) -> tuple[State, ...]:
    """Return the latest states, back to the first that is not kept any more."""
    states = (State(int(version), str(mark), tuple(map(str, others))) for version, mark, *others in reversed(known))
    return tuple(takewhile(lambda state: state.version in kept, states))[::-1]


def _offered(states: tuple[State, ...], design: Design) -> tuple[State, ...]:
    """Return the states that can be gone to: none if a file that the last step changed is another now."""
    wanted = set(states[-1].others) if states else set[str]()
    gone = {sign for sign in wanted if len(sign) == _SHORTER}
    there = {_sign(name, content) for name, content in design.files.items()}
    is_back = any(sign[:_SHORTER] in gone for sign in there)
    return states if wanted - gone <= there and not is_back else ()
