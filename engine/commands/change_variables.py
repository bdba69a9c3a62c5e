"""Mend the variables of a case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.errors import OperationRefused
from engine.journal import Step
from engine.operations import given_reason
from engine.records.case import CaseStatus
from engine.records.packing import NotStorable, pack
from engine.steps import load_run, step_changes

LONGEST_NAME: Final = 80  # characters
MOST_BYTES: Final = 100_000  # of all new values together
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class ChangeVariables:
    """Give variables of a case other values, or new ones; the journal keeps the old and the new.

    Nothing is tried again by it. A suspended case stays suspended; in any other one a condition that the new values
    make true lets its event happen.

    :param values: by name; Decimal for numbers.
    :param token: whose variables are meant, such as those of one round; None for those of the case itself.
    :param reason: why, for the journal.
    """

    case_id: int
    values: Mapping[str, Any] = field(repr=False)
    reason: str = field(repr=False)
    token: int | None = None
    permission: ClassVar[str] = "case:change"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Set the variables.

        :raise OperationRefused: a name is none, or a value cannot be kept.
        :raise Conflict: the case has ended, or the token is gone.
        """
        reason = given_reason(self.reason)
        self._check()
        run, around = load_run(context, subject, may_be_suspended=True)
        around.doer = None  # what happens now that a condition is true is nobody's own act
        is_held = subject.status is CaseStatus.SUSPENDED
        old = run.change(self.token, self.values, goes_on=not is_held)
        # A replay must know whether conditions were looked at.
        data = {"old": dict(old), "new": dict(self.values), "reason": reason, **({"held": True} if is_held else {})}
        return step_changes(subject, run.outcome(), around, Step("change", self.token, data=data))

    def _check(self) -> None:
        for name in self.values:
            if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
                raise OperationRefused("bad_name", name=name[:LONGEST_NAME])
        try:
            size = len(pack(dict(self.values)))
        except NotStorable as error:
            raise OperationRefused("not_storable") from error
        if size > MOST_BYTES:
            raise OperationRefused("too_large")
