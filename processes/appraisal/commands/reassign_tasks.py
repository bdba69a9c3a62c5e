"""Give an employee's open evaluation to a new appraiser after the reporting line was corrected."""

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.journal import Step
from engine.records.case import open_task
from engine.records.changes import write
from engine.services import Notice
from engine.steps import load_run, step_changes
from processes.appraisal.raters import UNRATED, may_move
from processes.appraisal.records import evaluation
from processes.appraisal.superiors import standing_of_follower
from processes.people.days import local_day

_tasks = select(open_task.c.token, open_task.c.assignee).where(
    open_task.c.case_id == bindparam("case_id"), open_task.c.element.in_(UNRATED)
)
_rated_by = (
    evaluation.update()
    .where(evaluation.c.case_id == bindparam("of_case"), evaluation.c.version == 1)
    .values(rater_id=bindparam("new_rater"), is_final=bindparam("new_is_final"))
)


@dataclass(frozen=True, slots=True)
class ReassignTasks:
    """Let another person rate a case from now on, with the tasks of the former rater that wait, whoever holds them.

    Only an evaluation that nobody has rated yet moves: whoever confirmed the ratings signs them and answers for them,
    and a superior who took over keeps the case (PermenPANRB 6/2022 annex V). The receipt's value says whether it moved.
    A half-written draft of the former rater is dropped: it is his.

    :param reason: why, for the journal, such as the corrected line.
    """

    case_id: int
    appraiser_id: int
    reason: str
    permission: ClassVar[str] = "task:reassign"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Open the former rater's tasks anew for the new one, by the limits that hold for him.

        :raise Conflict: the case has ended.
        """
        run, around = load_run(context, subject, may_be_suspended=True)
        before = int(run.variables["rating_by"]["person"])
        if before == self.appraiser_id or not may_move(run.variables):
            return Changes(subject=subject.id, value=False)
        day = local_day(context, subject.tenant)
        standing = standing_of_follower(context.read, subject.tenant, subject.subject, day, self.appraiser_id)
        tasks = context.read.execute(_tasks, {"case_id": subject.id}).all()
        run.renew({"rating_by": standing}, [task.token for task in tasks])
        if any(task.assignee != self.appraiser_id for task in tasks):
            around.notices.append(Notice(self.appraiser_id, "task.delegated", {"title": subject.title}))
        step = Step("reassign", data={"from": before, "to": self.appraiser_id, "reason": self.reason})
        changes = step_changes(subject, run.outcome(), around, step)
        of_evaluation = write(
            _rated_by, of_case=subject.id, new_rater=self.appraiser_id, new_is_final=standing["is_final"]
        )
        return replace(changes, writes=(*changes.writes, of_evaluation), value=True)
