"""SpiffWorkflow as its documentation shows it: `serialize_json` into one row, specification inside, a commit a step."""

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from tests.bench.measure import COMPLETION, EVENT, START, Contender, Phase
from tests.bench.story import Step, Story

MESSAGE = "org_predicate_set"


class RawStore:
    """Workflows in one table of a SQLite file, as durable as Alur's: write-ahead log, synchronous=FULL."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self._last = 0

    def add(self, workflow: Any) -> int:
        """Keep a new workflow and return its number."""
        self._last += 1
        self._write("INSERT INTO workflow (state, id) VALUES (?, ?)", workflow, self._last)
        return self._last

    def load(self, number: int) -> Any:
        """Return a workflow."""
        row = self.connection.execute("SELECT state FROM workflow WHERE id = ?", (number,)).fetchone()
        return self._serializer.deserialize_json(row[0])

    def save(self, number: int, workflow: Any) -> None:
        """Keep a workflow that has moved on."""
        self._write("UPDATE workflow SET state = ? WHERE id = ?", workflow, number)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _write(self, statement: str, workflow: Any, number: int) -> None:
        state = self._serializer.serialize_json(workflow)
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(statement, (state, number))
        self.connection.execute("COMMIT")

    @contextmanager
    def counting(self) -> Generator[list[str]]:
        """Collect the statements sent during a block, without those that frame a transaction."""
        statements: list[str] = []
        self.connection.set_trace_callback(statements.append)
        yield statements
        self.connection.set_trace_callback(None)
        statements[:] = [text for text in statements if not text.startswith(("BEGIN", "COMMIT"))]


class RawRow:
    """One case in one row, written with a commit each time, as durable as Alur's."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")

    def read(self) -> str:
        """Return the text of the case."""
        text: str = self._connection.execute("SELECT state FROM workflow").fetchone()[0]
        return text

    def write(self, text: str) -> None:
        """Replace the text of the case."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT OR REPLACE INTO workflow (id, state) VALUES (1, ?)", (text,))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def read_twin(path: Path, process: str) -> Any:
    """Return the specification of a diagram with Python expressions; parsed once, as a careful user would."""
    parser = BpmnParser()
    parser.add_bpmn_file(str(path))
    return parser.get_spec(process)


def spiffworkflow(store: RawStore, spec: Any, story: Story) -> Contender:
    """Return SpiffWorkflow carrying cases of a story."""

    def turn(cases: int) -> Iterator[Phase]:
        numbers: list[int] = []
        yield Phase(START, "start", cases, lambda: numbers.extend(start(store, spec, story) for _ in range(cases)))
        for step in story.steps:
            kind = COMPLETION if step.is_human else EVENT
            yield Phase(kind, step.element, cases, _mover(store, step, numbers))

    return turn


def start(store: RawStore, spec: Any, story: Story) -> int:
    """Start one case and return its number."""
    workflow = BpmnWorkflow(spec)
    workflow.task_tree.set_data(**json_ready(story.variables))
    workflow.do_engine_steps()
    return store.add(workflow)


def _mover(store: RawStore, step: Step, numbers: list[int]) -> Callable[[], None]:
    answers = json_ready(step.answers)

    def move() -> None:
        for number in numbers:
            workflow = store.load(number)
            if step.result is None:
                workflow.send_event(BpmnEvent(MessageEventDefinition(MESSAGE), answers))
            else:
                (task,) = workflow.get_tasks(state=TaskState.READY, spec_name=step.element)
                task.set_data(**{step.result: answers})
                task.run()
            workflow.do_engine_steps()
            store.save(number, workflow)

    return move


def json_ready(value: Any) -> Any:
    """Return the value as SpiffWorkflow can keep it: dates as text, decimals as floats."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: json_ready(part) for name, part in value.items()}
    return value
