"""Analyses the table of an element, with the types of what it requires."""

from dataclasses import replace

from engine.dmn.analysis import analyse
from engine.dmn.boxes import BoxedFunction, DecisionTable
from engine.dmn.findings import Analysis
from engine.dmn.graph import Needed


def review(needed: Needed) -> Analysis | None:
    """Return what the table of a decision or knowledge model leaves open; None when its logic is no table.

    :raise FeelSyntaxError: when a cell cannot be read; ``find_problems`` says which.
    """
    logic = getattr(needed.element, "logic", None)
    table = logic.body if isinstance(logic, BoxedFunction) else logic
    if not isinstance(table, DecisionTable):
        return None
    needs = needed.file.needs(getattr(needed.element, "requires", ()))
    types = {one.element.name: one.element.type_ref for one in needs if not one.prefix}
    types |= {one.name: one.type_ref for one in logic.parameters} if isinstance(logic, BoxedFunction) else {}
    inputs = (replace(one, type_ref=one.type_ref or types.get(one.expression, "")) for one in table.inputs)
    scope = needed.file.scope(needed.element, needs, *types)
    return analyse(replace(table, inputs=tuple(inputs)), scope, scope.names | scope.spelled)
