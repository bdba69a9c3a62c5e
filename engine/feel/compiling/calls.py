"""Rules for calls: of built-in functions, which are chosen once, and of functions that are values."""

from collections.abc import Callable
from decimal import DecimalException

from engine.feel import tree
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.compiling.values import TESTED
from engine.feel.errors import NoValue
from engine.feel.functions import BUILTINS, Builtin
from engine.feel.functions.table import by_names, ways_to_call
from engine.feel.invoking import invoke
from engine.feel.properties import follow
from engine.feel.run import Frame
from engine.feel.values import Function, kind_of

IS_DEFINED = "is defined"
FUNCTION_NAMES = (*BUILTINS, IS_DEFINED)


def _call(node: tree.Call, compiler: Compiler) -> Closure:
    name = node.callee.name if isinstance(node.callee, tree.Name) else ""
    hides = compiler.hides(name)
    if name == IS_DEFINED and not hides:
        return _is_defined(node, compiler)
    arguments = [compiler.compile(value) for _, value in node.arguments]
    if name in BUILTINS and not hides:
        return _call_of_builtin(node, name, arguments, compiler)
    if name and not compiler.may_hold(name):
        known = ", ".join(sorted(FUNCTION_NAMES))
        return compiler.invalid(node.offset, "unknown_function", found=name, known=known)
    # A variable that is no function leaves the built-in of its name as it is: data is called "count" or "date".
    fits = name in BUILTINS and _form(node, name) is not None
    otherwise = _call_of_builtin(node, name, arguments, compiler) if fits else None
    return _call_of_value(node, arguments, otherwise, compiler)


def _call_of_value(node: tree.Call, arguments: list[Closure], otherwise: Closure | None, compiler: Compiler) -> Closure:
    callee = compiler.compile(node.callee)
    names = [name for name, _ in node.arguments]
    offset, source = node.offset, compiler.source

    def call(frame: Frame) -> object:
        run = frame.run
        function = run.quietly(lambda: callee(frame)) if otherwise else callee(frame)
        if type(function) is not Function:
            if otherwise:
                return otherwise(frame)
            run.note(NoValue("not_a_function", kind=kind_of(function)), offset)
            return None
        values = [argument(frame) for argument in arguments]
        try:
            if function.source in (None, source):
                return invoke(function, values, run, names)
            return run.at(offset, lambda: invoke(function, values, run, names))
        except NoValue as reason:
            run.note(reason, offset)
        except (DecimalException, OverflowError):
            run.note(NoValue("arithmetic", operator=function.name), offset)
        return None

    return call


def _call_of_builtin(node: tree.Call, name: str, closures: list[Closure], compiler: Compiler) -> Closure:
    form = _form(node, name)
    if form is None:
        return _misfit(node, name, ways_to_call(BUILTINS[name]), compiler)
    builtin, order = form
    arguments = [closures[place] if place is not None else _absent for place in order]
    offset, function = node.offset, builtin.call

    def call(frame: Frame) -> object:
        try:
            run = frame.run
            return function(run, *builtin.accept([argument(frame) for argument in arguments], run))
        except NoValue as reason:
            frame.run.note(reason, offset)
        except DecimalException:
            frame.run.note(NoValue("arithmetic", operator=builtin.name), offset)
        except (OverflowError, ValueError):
            frame.run.note(NoValue("out_of_range", operator=builtin.name), offset)
        return None

    return call


def _misfit(node: tree.Call, function: str, forms: str, compiler: Compiler) -> Closure:
    names = ", ".join(name or "…" for name, _ in node.arguments)
    given = f" ({names})" if any(name for name, _ in node.arguments) else ""
    count = str(len(node.arguments))
    return compiler.invalid(node.offset, "wrong_arguments", function=function, count=count, given=given, forms=forms)


def _absent(frame: Frame) -> object:
    return None


def _form(node: tree.Call, function: str) -> tuple[Builtin, list[int | None]] | None:
    """Return the form of a built-in that takes such arguments, and where that of each parameter stands; or None."""
    names = [name for name, _ in node.arguments if name]
    if names:
        return by_names(BUILTINS[function], names) if len(names) == len(node.arguments) else None
    order: list[int | None] = [*range(len(node.arguments))]
    return next(((form, order) for form in BUILTINS[function] if form.takes(len(order))), None)


def _is_defined(node: tree.Call, compiler: Compiler) -> Closure:
    if len(node.arguments) != 1 or node.arguments[0][0] not in (None, "value"):
        return _misfit(node, IS_DEFINED, "is defined(value)", compiler)
    needed = set(compiler.free)
    present = _presence(node.arguments[0][1], compiler)
    compiler.free = needed  # asking whether a name exists does not need it to exist
    return present


def _presence(value: tree.Node, compiler: Compiler) -> Callable[[Frame], bool]:
    if isinstance(value, tree.Name | tree.TestedValue):
        name = value.name if isinstance(value, tree.Name) else TESTED
        compiler.looks_at_tested = compiler.looks_at_tested or name == TESTED
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
