"""Writes a scenario as plain data and as a file, in one form, so that a changed step is a change of a few lines."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.feel.tagged import tagged, text_of
from engine.scenarios.script import Complete, Expectation, Hear, Pass, Retry, Scenario, Step

_INDENT = "  "


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as JSON would hold it, its numbers exact and its times tagged: `read_file` gives it back."""
    return _said(
        {
            "process": scenario.process,
            "name": dict(scenario.names),
            "at": scenario.begins.isoformat(),
            "holidays": [day.isoformat() for day in scenario.holidays] or None,
            "start": tagged(scenario.start),
            "start_event": scenario.start_event,
            "services": tagged(scenario.services) or None,
            "steps": [_step(step) for step in scenario.steps],
            "expect": _expectation(scenario.expect),
        }
    )


def scenario_bytes(scenario: Scenario) -> bytes:
    """Return the file of a scenario."""
    return (_json(write_scenario(scenario)) + "\n").encode()


def json_text(value: object) -> str:
    """Return a FEEL value as JSON text on one line, its numbers exact and its times tagged."""
    return _json(tagged(value), None)


def _said(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if value is not None}


def _step(step: Step) -> dict[str, Any]:
    match step:
        case Complete():
            answers = tagged(step.answers) or None
            return _said({"complete": step.element, "answers": answers, "place": step.place or None})
        case Pass():
            if step.until is not None:
                return {"until": step.until.isoformat()}
            return {"wait": text_of(step.lasts)}
        case Hear():
            return _said({"message": step.message, "key": step.key, "payload": tagged(step.payload) or None})
        case Retry():
            return {"retry": step.element}


def _expectation(expect: Expectation) -> dict[str, Any]:
    return _said(
        {
            "ended": expect.ended,
            "at": None if expect.at is None else list(expect.at),
            "failed": list(expect.failed) or None,
            "sent": None if expect.sent is None else list(expect.sent),
            "variables": tagged(expect.variables) or None,
        }
    )


def _json(value: object, margin: str | None = "") -> str:
    """Return JSON as `json.dumps` writes it, which knows no exact numbers.

    :param margin: before the lines of what is inside; None for all on one line.
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping) and value:
        parts = [
            f"{json.dumps(name, ensure_ascii=False)}: {_json(item, _deeper(margin))}" for name, item in value.items()
        ]
        return _joined("{", parts, "}", margin)
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return _joined("[", [_json(item, _deeper(margin)) for item in value], "]", margin)
    return json.dumps(value, ensure_ascii=False)


def _deeper(margin: str | None) -> str | None:
    return None if margin is None else margin + _INDENT


def _joined(begin: str, parts: list[str], end: str, margin: str | None) -> str:
    if margin is None:
        return f"{begin}{', '.join(parts)}{end}"
    inner = f",\n{margin}{_INDENT}".join(parts)
    return f"{begin}\n{margin}{_INDENT}{inner}\n{margin}{end}"
