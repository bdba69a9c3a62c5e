"""Does the moves of one case again, as its journal tells them, for the proof that it is what its steps have made it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.migrate import Verdict, move_case
from engine.bpmn.performing import Surroundings
from engine.bpmn.release import Release
from engine.errors import Conflict
from engine.moving.runs import RULES, TAKEN_BACK, Route, find_route, find_run


class MovedByOtherRules(Exception):
    """A case was moved by a version of Alur that moved cases in another way, or did not note how."""


class Moves:
    """The moves of a case from release to release and back, to be done again in their order."""

    def __init__(self, read: Connection, tenant: str, entries: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Find the releases between which it was moved.

        :param entries: what its journal says of each: the kind and the data.
        :raise MovedByOtherRules: it cannot be done again in the same way.
        :raise NotFound: a run is not in the database.
        """
        if any(kind != TAKEN_BACK and data.get("rules") != RULES for kind, data in entries):
            raise MovedByOtherRules()
        self._routes = {data["run"]: _route(read, tenant, data["run"]) for _, data in entries}
        self._before: dict[int, bytes | None] = {}
        self.first: Release = self._routes[entries[0][1]["run"]].plan.pair.old

    def again(
        self, kind: str, data: Mapping[str, Any], state: bytes | None, around: Surroundings
    ) -> tuple[bytes | None, Release]:
        """Return the state of the case behind one move, and its release there.

        :param around: as it was at the moment of the move.
        :raise Conflict: the case could not have been moved, as it was then.
        """
        run = data["run"]
        pair = self._routes[run].plan.pair
        if kind == TAKEN_BACK:
            if run not in self._before:
                raise Conflict()
            return self._before[run], pair.old
        self._before[run] = state
        return self._moved(run, state, around), pair.new

    def _moved(self, run: int, state: bytes | None, around: Surroundings) -> bytes | None:
        if state is None:
            raise Conflict()
        moved = move_case(self._routes[run].plan, state, around)
        if moved.verdict is Verdict.STUCK:
            raise Conflict()
        return moved.outcome.state if moved.outcome is not None else state


def _route(read: Connection, tenant: str, run: int) -> Route:
    found = find_run(read, tenant, run)
    return find_route(read, found.old, found.new, found.pairs, found.values)
