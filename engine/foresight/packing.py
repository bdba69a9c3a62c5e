"""Questions and answers as stored bytes, and back: every number comes out as it went in."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TypeVar, cast

from engine.foresight.answer import Answer, FoundStep
from engine.foresight.fit import Fit
from engine.foresight.forecast import Forecast, Outcome, Range, StepOutcome
from engine.foresight.inputs import Origin, Supposed
from engine.foresight.model import Pool
from engine.foresight.question import Question
from engine.foresight.trust import Check, Gap
from engine.records.packing import pack, unpack

_Plain = Mapping[str, Any]
_Value = TypeVar("_Value")


class OtherVersion(Exception):
    """Another version of Alur kept it, which knew other things than this one."""


def pack_question(question: Question) -> bytes:
    """Return a question as bytes; equal ones give equal bytes."""
    return pack(_text(question))


def read_question(content: bytes) -> Question:
    """Return a stored question.

    :raise Unreadable: the bytes are damaged.
    :raise OtherVersion: it does not hold what this version of Alur asks.
    """
    plain = _plain(content)
    with _as_kept_now():
        supposed = plain["supposed"]
        stays = {name: (median, ninety) for name, (median, ninety) in supposed["stays"].items()}
        pools = {lane: _made(Pool, pool) for lane, pool in supposed["pools"].items()}
        return _made(Question, plain, supposed=_made(Supposed, supposed, stays=stays, pools=pools))


def pack_answer(answer: Answer) -> bytes:
    """Return an answer as bytes."""
    return pack(_text(answer))


def read_answer(content: bytes) -> Answer:
    """Return a stored answer.

    :raise Unreadable: the bytes are damaged.
    :raise OtherVersion: it does not hold what this version of Alur finds.
    """
    plain = _plain(content)
    with _as_kept_now():
        return _made(
            Answer,
            plain,
            forecast=_forecast(plain["forecast"]),
            check=_check(plain["check"]) if plain["check"] is not None else None,
            fit=_made(Fit, plain["fit"], too_busy=frozenset(plain["fit"]["too_busy"])),
            steps=tuple(_made(FoundStep, step, origin=Origin(step["origin"])) for step in plain["steps"]),
            left_out=tuple(plain["left_out"]),
            first=date.fromisoformat(plain["first"]),
            last=date.fromisoformat(plain["last"]),
        )


@contextmanager
def _as_kept_now() -> Iterator[None]:
    """Say of what does not fit that another version kept it: nothing of it is guessed."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise OtherVersion() from error


def _forecast(plain: _Plain) -> Forecast:
    before = _outcome(plain["before"]) if plain["before"] is not None else None
    return _made(Forecast, plain, before=before, after=_outcome(plain["after"]), change=_range(plain["change"]))


def _outcome(plain: _Plain) -> Outcome:
    steps = {name: _made(StepOutcome, step, stays=_range(step["stays"])) for name, step in plain["steps"].items()}
    loads = {lane: _range(load) for lane, load in plain["loads"].items()}
    lasted, closed = _range(plain["lasted"]), _range(plain["closed"])
    return _made(Outcome, plain, lasted=lasted, steps=steps, loads=loads, closed=closed)


def _check(plain: _Plain) -> Check:
    steps = {name: _made(Gap, gap) for name, gap in plain["steps"].items()}
    measured, simulated = _range(plain["measured"]), _range(plain["simulated"])
    return _made(Check, plain, measured=measured, simulated=simulated, steps=steps)


def _range(plain: _Plain | None) -> Range | None:
    return _made(Range, plain) if plain is not None else None


def _made(kind: type[_Value], plain: _Plain, **made: Any) -> _Value:
    """Return a value with all that stands there, some of it made into what it was; nothing may be missing."""
    missing = {one.name for one in fields(cast("Any", kind))} - plain.keys()
    if missing:
        raise LookupError(*missing)
    return kind(**{**plain, **made})


def _text(value: Question | Answer) -> str:
    # As JSON, for stored values hold no floats: they are no numbers to count money with.
    return json.dumps(asdict(value), default=_said)


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else sorted(value)  # type: ignore[call-overload]  # a frozenset


def _plain(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(unpack(content)))
    return found
