"""Why the expressions of an element gave nothing: they are asked again, with what the element saw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.evaluating import When, environment
from engine.bpmn.model import GATEWAYS, Element, Outline
from engine.bpmn.references import expressions_of
from engine.bpmn.timers import expression_in
from engine.errors import ElementFailed
from engine.feel import FeelError, Language, compile_expression

MOST_TEXTS = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an expression gave nothing.

    :param texts: place, what happened and the way out, in both languages; none if the data it reads is itself null.
    """

    expression: str
    texts: tuple[Mapping[Language, str], ...] = ()


def reasons_at(
    outline: Outline, element: Element, said: str, variables: Mapping[str, Any], when: When
) -> tuple[Reason, ...]:
    """Return which expressions of an element that failed give nothing, and why.

    :param said: the text of its incident; where it quotes expressions, no others are looked at.
    :param variables: what the element saw.
    """
    asked = list(dict.fromkeys(_asked_by(outline, element)))
    quoted = [expression for expression in asked if f"'{expression}'" in said]
    reasons = (_reason(expression, variables, when) for expression in quoted or asked)
    return tuple(one for one in reasons if one is not None and (one.texts or quoted))


def _asked_by(outline: Outline, element: Element) -> Iterator[str]:
    yield from expressions_of(element)
    if element.timer is not None and (says := expression_in(element.timer)) is not None:
        yield says
    if element.kind in GATEWAYS:
        yield from (flow.condition for name in element.outgoing if (flow := outline.flows[name]).condition)


def _reason(expression: str, variables: Mapping[str, Any], when: When) -> Reason | None:
    try:
        found = compile_expression(expression).evaluate(variables, environment(expression, variables, when))
    except FeelError as error:
        return Reason(expression, (_both(error),))
    except ElementFailed:
        return None  # the working days are not known, which the incident itself says
    if found.value is not None:
        return None
    return Reason(expression, tuple(_both(note) for note in found.notes[:MOST_TEXTS]))


def _both(said: Any) -> Mapping[Language, str]:
    return {"id": said.message("id"), "en": said.message("en")}
