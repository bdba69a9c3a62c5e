"""Says who was asked for each task, as the journal of a case tells it, and who took it from a queue."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from engine.moving.runs import MOVES
from engine.queries.verification.dossier import Dossier, Entry
from engine.queries.verification.findings import Finding

CLAIM, UNCLAIM = "ClaimTask", "UnclaimTask"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the diagram or a hand-over asks."""

    assignee: int | None
    candidate: str | None


class Askings:
    """The tasks that wait, step by step."""

    def __init__(self, case: Dossier) -> None:
        """Begin before the first step.

        :param case: its audit trail says who took tasks from a queue, but not which.
        """
        self.waiting: dict[int, Asked] = {}
        self._claimed = frozenset(row.actor for row in case.audit if row.command == CLAIM)
        self._may_be_back = any(row.command == UNCLAIM for row in case.audit)

    def follow(self, entry: Entry) -> None:
        """Go on by one step. What a move to another release makes of a task that goes on is not in the journal."""
        if entry.kind in MOVES:
            self.waiting.clear()
        for token in entry.closed:
            self.waiting.pop(token, None)
        opened = {item[0]: Asked(item[2], item[3]) for item in entry.opened}
        self.waiting |= opened
        data = entry.data
        if entry.kind in ("delegate", "hand_over") and data.get("token") in self.waiting.keys() - opened.keys():
            token = data["token"]
            self.waiting[token] = replace(self.waiting[token], assignee=data["to"])

    def people(self, token: int) -> Collection[int | None]:
        """Return whose a task can be by now; None stands for the queue."""
        asked = self.waiting[token]
        if asked.candidate is None:
            return {asked.assignee}
        back = {None} if self._may_be_back else set[int | None]()
        return {asked.assignee, *back, *self._claimed}


def check_asked(case: Dossier) -> Iterator[Finding]:
    """Yield the completions by somebody who was not asked, and the tasks that wait for somebody else."""
    if not case.is_whole:
        return
    askings = Askings(case)
    for entry in case.journal:
        token = entry.token
        is_known = entry.kind == "complete" and token in askings.waiting
        if is_known and token is not None and entry.actor not in askings.people(token):
            yield Finding("done_by_other", case.id, {"version": entry.version, "element": entry.element})
        askings.follow(entry)
    for row in case.rows.get("open_task", ()):
        if row.token not in askings.waiting:
            continue
        if row.assignee not in askings.people(row.token):
            yield _differs(case, "assignee", row.token)
        if row.candidate != askings.waiting[row.token].candidate:
            yield _differs(case, "candidate", row.token)


def _differs(case: Dossier, column: str, token: int) -> Finding:
    return Finding("row_differs", case.id, {"table": "open_task", "column": column, "token": token})
