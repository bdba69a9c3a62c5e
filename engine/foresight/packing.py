"""Questions and answers as stored bytes, and back: every number comes out as it went in."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from engine.foresight.answer import Answer, FoundStep
from engine.foresight.fit import Fit
from engine.foresight.forecast import Forecast, Outcome, Range, StepOutcome
from engine.foresight.inputs import Origin, Supposed
from engine.foresight.model import Pool
from engine.foresight.question import Question
from engine.foresight.trust import Check, Gap
from engine.records.packing import pack, unpack

_Plain = Mapping[str, Any]


def pack_question(question: Question) -> bytes:
    """Return a question as bytes; equal ones give equal bytes."""
    return pack(_text(question))


def read_question(content: bytes) -> Question:
    """Return a stored question.

    :raise Unreadable: the bytes are damaged.
    """
    plain = _plain(content)
    supposed = plain["supposed"]
    stays = {name: (median, ninety) for name, (median, ninety) in supposed["stays"].items()}
    pools = {lane: Pool(**pool) for lane, pool in supposed["pools"].items()}
    return Question(**_with(plain, supposed=Supposed(**_with(supposed, stays=stays, pools=pools))))


def pack_answer(answer: Answer) -> bytes:
    """Return an answer as bytes."""
    return pack(_text(answer))


def read_answer(content: bytes) -> Answer:
    """Return a stored answer.

    :raise Unreadable: the bytes are damaged.
    """
    plain = _plain(content)
    return Answer(
        **_with(
            plain,
            forecast=_forecast(plain["forecast"]),
            check=_check(plain["check"]) if plain["check"] is not None else None,
            fit=Fit(**_with(plain["fit"], too_busy=frozenset(plain["fit"]["too_busy"]))),
            steps=tuple(FoundStep(**_with(step, origin=Origin(step["origin"]))) for step in plain["steps"]),
            left_out=tuple(plain["left_out"]),
            first=date.fromisoformat(plain["first"]),
            last=date.fromisoformat(plain["last"]),
        )
    )


def _forecast(plain: _Plain) -> Forecast:
    before = _outcome(plain["before"]) if plain["before"] is not None else None
    return Forecast(**_with(plain, before=before, after=_outcome(plain["after"]), change=_range(plain["change"])))


def _outcome(plain: _Plain) -> Outcome:
    steps = {name: StepOutcome(**_with(step, stays=Range(**step["stays"]))) for name, step in plain["steps"].items()}
    loads = {lane: Range(**load) for lane, load in plain["loads"].items()}
    lasted, closed = _range(plain["lasted"]), _range(plain["closed"])
    return Outcome(**_with(plain, lasted=lasted, steps=steps, loads=loads, closed=closed))


def _check(plain: _Plain) -> Check:
    steps = {name: Gap(**gap) for name, gap in plain["steps"].items()}
    measured, simulated = _range(plain["measured"]), _range(plain["simulated"])
    return Check(**_with(plain, measured=measured, simulated=simulated, steps=steps))


def _with(plain: _Plain, **made: Any) -> dict[str, Any]:
    """Return what stands there, with some of it made into what it was."""
    return {**plain, **made}


def _range(plain: dict[str, float] | None) -> Range | None:
    return Range(**plain) if plain is not None else None


def _text(value: Question | Answer) -> str:
    # As JSON, for stored values hold no floats: they are no numbers to count money with.
    return json.dumps(asdict(value), default=_said)


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else sorted(value)  # type: ignore[call-overload]  # a frozenset


def _plain(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(unpack(content)))
    return found
