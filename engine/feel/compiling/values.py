"""Rules for what stands for itself or is looked up: literals, names, paths, lists, contexts, ranges, if, types."""

from engine.feel import tree
from engine.feel.comparison import make_range
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.errors import NoValue
from engine.feel.functions import FUNCTIONS
from engine.feel.properties import follow
from engine.feel.run import Frame
from engine.feel.typenames import holds
from engine.feel.values import kind_of

TESTED = "?"
"""The name under which a frame keeps the value a unary test looks at."""


def _literal(node: tree.Literal, compiler: Compiler) -> Closure:
    value = node.value
    return lambda frame: value


def _invalid(node: tree.Invalid, compiler: Compiler) -> Closure:
    reason, offset = NoValue(node.code, **dict(node.params)), node.offset

    def nothing(frame: Frame) -> None:
        frame.run.note(reason, offset)

    return nothing


def _name(node: tree.Name, compiler: Compiler) -> Closure:
    name, offset = node.name, node.offset
    function = None if compiler.hides(name) else FUNCTIONS.get(name)
    if function is not None:
        compiler.is_free(name)
        return lambda frame: frame.look_up(name, offset) if frame.has(name) else function
    if compiler.is_free(name) and not compiler.hides(name):
        return lambda frame: frame.run.read(name, offset)
    return lambda frame: frame.look_up(name, offset)


def _tested_value(node: tree.TestedValue, compiler: Compiler) -> Closure:
    offset = node.offset
    return lambda frame: frame.look_up(TESTED, offset)


def _path(node: tree.Path, compiler: Compiler) -> Closure:
    steps = node.steps
    compiler.size += len(steps)
    base = compiler.compile(node.base)

    def path(frame: Frame) -> object:
        value = base(frame)
        for name, offset in steps:
            try:
                value = follow(value, name, frame.run)
            except NoValue as reason:
                frame.run.note(reason, offset)
                return None
        return value

    if isinstance(node.base, tree.Name) and compiler.is_free(node.base.name) and not compiler.hides(node.base.name):
        return _leaf(node, path)
    return path


def _leaf(node: tree.Path, path: Closure) -> Closure:
    # Data of a case is wide; reading one field must not copy and check all the others.
    assert isinstance(node.base, tree.Name)
    names, offset = (node.base.name, *(name for name, _ in node.steps)), node.offset

    def leaf(frame: Frame) -> object:
        try:
            return frame.run.read_leaf(names, offset)
        except LookupError:
            return path(frame)

    return leaf


def _list(node: tree.ListOf, compiler: Compiler) -> Closure:
    items = [compiler.compile(item) for item in node.items]

    def make_list(frame: Frame) -> object:
        frame.run.allocate(len(items))
        return [item(frame) for item in items]

    return make_list


def _context(node: tree.ContextOf, compiler: Compiler) -> Closure:
    entries: list[tuple[str, Closure]] = []
    names: set[str] = set()
    with compiler.scope(names):
        for key, value in node.entries:
            if isinstance(value, tree.FunctionOf):
                names.add(key)  # it may call itself: when it is called, its entry is there
            entries.append((key, compiler.compile(value)))
            names.add(key)

    def make_context(frame: Frame) -> object:
        frame.run.allocate(len(entries))
        context: dict[str, object] = {}
        inner = Frame(frame.run, context, frame)
        for key, value in entries:
            context[key] = value(inner)
        return context

    return make_context


def _range(node: tree.RangeOf, compiler: Compiler) -> Closure:
    return range_between(node, compiler.compile(node.start), compiler.compile(node.end))


def range_between(node: tree.RangeOf, start: Closure, end: Closure) -> Closure:
    """Return what makes the range of a node, whose ends have been compiled."""
    offset, start_included, end_included = node.offset, node.start_included, node.end_included

    def new_range(frame: Frame) -> object:
        try:
            return make_range(start(frame), end(frame), start_included, end_included)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return new_range


def _if(node: tree.If, compiler: Compiler) -> Closure:
    condition, offset = compiler.compile(node.condition), node.condition.offset
    consequence, alternative = compiler.compile(node.consequence), compiler.compile(node.alternative)

    def choose(frame: Frame) -> object:
        truth = condition(frame)
        if truth is True:
            return consequence(frame)
        if truth is not False and truth is not None:
            frame.run.note(NoValue("condition", kind=kind_of(truth)), offset)
        return alternative(frame)

    return choose


def _instance_of(node: tree.InstanceOf, compiler: Compiler) -> Closure:
    value, type_name = compiler.compile(node.value), node.type
    return lambda frame: holds(type_name, value(frame), frame.run.charge)


VALUE_RULES: Rules = {
    tree.Literal: _literal,
    tree.Invalid: _invalid,
    tree.Name: _name,
    tree.TestedValue: _tested_value,
    tree.Path: _path,
    tree.ListOf: _list,
    tree.ContextOf: _context,
    tree.RangeOf: _range,
    tree.If: _if,
    tree.InstanceOf: _instance_of,
}
