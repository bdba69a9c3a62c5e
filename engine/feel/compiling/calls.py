"""Rules for calls of built-in functions."""

from collections.abc import Callable
from decimal import DecimalException

from engine.feel import tree
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.errors import NoValue
from engine.feel.functions import BUILTINS, Builtin
from engine.feel.properties import follow
from engine.feel.run import Frame

IS_DEFINED = "is defined"
FUNCTION_NAMES = (*BUILTINS, IS_DEFINED)


def _call(node: tree.Call, compiler: Compiler) -> Closure:
    if node.function == IS_DEFINED:
        return _is_defined(node, compiler)
    builtin, order = _form(node, compiler)
    arguments = [compiler.compile(value) for _, value in node.arguments]
    arguments = [arguments[place] for place in order]
    offset, function = node.offset, builtin.call

    def call(frame: Frame) -> object:
        try:
            run = frame.run
            return function(run, *builtin.accept([argument(frame) for argument in arguments], run))
        except NoValue as reason:
            frame.run.note(reason, offset)
        except DecimalException:
            frame.run.note(NoValue("arithmetic", operator=builtin.name), offset)
        except OverflowError:
            frame.run.note(NoValue("out_of_range", operator=builtin.name), offset)
        return None

    return call


def _form(node: tree.Call, compiler: Compiler) -> tuple[Builtin, list[int]]:
    forms = BUILTINS.get(node.function)
    if forms is None:
        known = ", ".join(sorted(FUNCTION_NAMES))
        raise compiler.fault(node.offset, "unknown_function", found=node.function, known=known)
    names = [name for name, _ in node.arguments]
    for form in forms:
        if not any(names) and form.takes(len(names)):
            return form, list(range(len(names)))
        order = form.order([name or "" for name in names])
        if order is not None:
            return form, order
    given = ", ".join(name or "…" for name in names)
    correct = "; ".join(form.form for form in forms)
    raise compiler.fault(node.offset, "wrong_arguments", function=node.function, given=f"({given})", forms=correct)


def _is_defined(node: tree.Call, compiler: Compiler) -> Closure:
    if len(node.arguments) != 1 or node.arguments[0][0] not in (None, "value"):
        raise compiler.fault(
            node.offset,
            "wrong_arguments",
            function=IS_DEFINED,
            given=f"({len(node.arguments)})",
            forms="is defined(value)",
        )
    needed = set(compiler.free)
    present = _presence(node.arguments[0][1], compiler)
    compiler.free = needed  # asking whether a name exists does not need it to exist
    return present


def _presence(value: tree.Node, compiler: Compiler) -> Callable[[Frame], bool]:
    if isinstance(value, tree.Name):
        name = value.name
        return lambda frame: frame.has(name)
    if isinstance(value, tree.Path):
        *before, (last, _) = value.steps
        base = compiler.compile(tree.Path(value.offset, value.base, tuple(before)) if before else value.base)
        return lambda frame: _has_part(frame.run.quietly(lambda: base(frame)), last, frame)
    closure = compiler.compile(value)
    return lambda frame: frame.run.quietly(lambda: closure(frame)) is not None


def _has_part(value: object, name: str, frame: Frame) -> bool:
    try:
        follow(value, name, frame.run)
    except NoValue:
        return False
    return True


CALL_RULES: Rules = {tree.Call: _call}
