"""Joins that nothing completes by itself: inclusive ones to which nothing more comes, and those that are stranded."""

from typing import Any

from engine.bpmn.specs import InclusiveGateway, take_arrivals
from engine.bpmn.state import Scope, Stand
from engine.errors import ElementFailed


def complete_joins(case: Any) -> bool:
    """Open in each scope the first inclusive join to which nothing more can come; say whether there was one."""
    opened = [scope for scope in list(case.scopes.values()) if scope.arrivals and _complete_one(case, scope)]
    return bool(opened)


def _complete_one(case: Any, scope: Scope) -> bool:
    for name in scope.arrivals:
        spec = case.spec.task_specs[name]
        if isinstance(spec, InclusiveGateway) and spec.is_complete(scope, _places(scope) - {name}):
            take_arrivals(scope, spec.element)
            case.open(name, scope, spec.stand)
            return True
    return False


def strand_joins(case: Any) -> None:
    """Make an incident of each join in a scope in which nothing else stands; it tells what the join lacks."""
    for scope in [scope for scope in case.scopes.values() if scope.arrivals and not scope.live]:
        for name, counts in scope.arrivals.items():
            flows = [case.outline.flows[flow] for flow in case.outline.elements[name].incoming if flow not in counts]
            missing = ", ".join(sorted({flow.source for flow in flows}))
            text = f"Join '{name}' waits for a token from {missing}, and nothing can send one any more."
            case.fail(case.place(name, scope, Stand.WAITS), ElementFailed(text))


def _places(scope: Scope) -> set[str]:
    standing = (token.element for token in scope.tokens.values() if token.stand is not Stand.LISTENS)
    return {*standing, *scope.arrivals}
