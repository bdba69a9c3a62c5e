"""Runs the kit's test cases on the engine."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from engine.dmn import Model, read_models
from engine.errors import EngineError
from engine.feel import Environment
from tests.tck.cases import Case, CaseFile, Expected
from tests.tck.results import Result
from tests.tck.values import same

ENVIRONMENT = Environment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


def run_file(file: CaseFile) -> Iterator[Result]:
    """Yield how each test case of a file went."""
    paths = (file.model, *file.others)
    model = Model(read_models([path.read_bytes() for path in paths])[0])
    for case in file.cases:
        yield Result(case, _detail(model, case))


def _detail(model: Model, case: Case) -> str:
    return "; ".join(filter(None, (_wrong(model, case, expected) for expected in case.expected)))


def _wrong(model: Model, case: Case, expected: Expected) -> str:
    try:
        given = _given(model, case, expected.node)
    except (LookupError, EngineError) as error:
        return "" if expected.is_error else f"{expected.node}: {type(error).__name__} {error}"
    if same(None if expected.is_error else expected.value, given):
        return ""
    return f"{expected.node}: expected {expected.value!r}, got {given!r}"


def _given(model: Model, case: Case, node: str) -> object:
    if case.kind == "decisionService":
        return _served(model, case, node)
    if case.kind == "bkm":
        arguments: Mapping[str, object] = {name: value for (_, name), value in case.inputs.items()}
        return model.invoke(case.invocable or node, arguments, ENVIRONMENT).value
    return model.decide(node, case.inputs, ENVIRONMENT).value


def _served(model: Model, case: Case, node: str) -> object:
    outputs = model.serve(case.invocable or node, case.inputs, ENVIRONMENT).value
    if isinstance(outputs, dict) and node in outputs:
        return outputs[node]
    return next(iter(outputs.values())) if isinstance(outputs, dict) and len(outputs) == 1 else outputs
