"""Runs the kit's test cases on the engine."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from engine.dmn import DmnUnreadable, Model, link, read_definitions
from engine.dmn.model import Definitions
from engine.errors import EngineError
from engine.feel import Environment
from tests.tck.cases import Case, CaseFile, Expected
from tests.tck.results import Result
from tests.tck.values import same

ENVIRONMENT = Environment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
Models = Mapping[str, Model]
"""Models by their namespaces, the one that is asked also under an empty one."""


def run_file(file: CaseFile) -> Iterator[Result]:
    """Yield how each test case of a file went; what cannot be read fails its own test cases, and no others."""
    try:
        models = {} if file.fault else _models(file)
        fault = file.fault
    except (OSError, EngineError) as error:
        models, fault = {}, f"{type(error).__name__} {error}"
    for case in file.cases:
        yield Result(case, f"{file.model.name}: {fault}" if fault else _detail(models, case))


def _models(file: CaseFile) -> Models:
    """Return the model and those that it may import. :raise DmnUnreadable: when it is none itself."""
    own = read_definitions(file.model.read_bytes())
    linked = link([own, *_readable(file.others)])
    return {**{one.definitions.namespace: Model(one) for one in reversed(linked)}, "": Model(linked[0])}


def _readable(files: Iterable[Path]) -> Iterator[Definitions]:
    """Yield what other files define; one that is no DMN file is missed only if it is imported."""
    for file in files:
        with suppress(DmnUnreadable):
            yield read_definitions(file.read_bytes())


def _detail(models: Models, case: Case) -> str:
    if not case.expected:
        return "the test case expects nothing"
    return "; ".join(filter(None, (_wrong(models, case, expected) for expected in case.expected)))


def _wrong(models: Models, case: Case, expected: Expected) -> str:
    try:
        given = _given(models.get(expected.namespace, models[""]), case, expected.node)
    except (LookupError, EngineError) as error:
        return "" if expected.is_error else f"{expected.node}: {type(error).__name__} {error}"
    except Exception as error:  # a mistake of the engine: it fails one test case, and the others are run
        return f"{expected.node}: {type(error).__name__} {error}"
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
