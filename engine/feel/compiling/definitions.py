"""Rules for functions as values: those an expression defines, which see the names around them, and built-in ones."""

from engine.feel import tree
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.errors import NoValue
from engine.feel.run import Frame, Run
from engine.feel.values import Function

_DEFINITION_STEPS = 3
"""A function keeps the names around it."""


def _function(node: tree.FunctionOf, compiler: Compiler) -> Closure:
    parameters = tuple(name for name, _ in node.parameters)
    types = tuple(kind for _, kind in node.parameters)
    if node.body is None:
        external = Function("", parameters, _refuse, types)
        return lambda frame: external
    source = compiler.source
    with compiler.scope(set(parameters)):
        body, cost = compiler.sized(node.body)

    def define(frame: Frame) -> object:
        frame.run.charge(_DEFINITION_STEPS)

        def call(run: Run, arguments: list[object]) -> object:
            run.charge(cost)
            value = body(Frame(frame.run, dict(zip(parameters, arguments, strict=True)), frame))
            if run is not frame.run:
                # Names and loops are of the evaluation it comes from, whose budget goes on; the reasons are told here.
                run.take_over(frame.run)
            return value

        return Function("", parameters, call, types if any(types) else (), source=source)

    return define


def _refuse(run: Run, arguments: list[object]) -> object:
    raise NoValue("external_function")


DEFINITION_RULES: Rules = {tree.FunctionOf: _function}
