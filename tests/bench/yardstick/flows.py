"""The 2-task approval as viewflow's own code: the same start, tasks, condition, script and end."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow import views

from tests.bench.yardstick.models import ApprovalProcess

REQUEST_FIELDS = ["title", "amount", "needed_on", "place", "budget_code", "urgent", "reason", "remark"]
APPLICANT, APPROVER = "pengusul", "penyetuju"


class ApprovalFlow(flow.Flow):
    """Started by a form without fields, filled in by the applicant, decided by the approver."""

    process_class = ApprovalProcess

    start = flow.Start(views.CreateProcessView.as_view(fields=[])).Next(this.submit)
    submit = (
        flow.View(views.UpdateProcessView.as_view(fields=REQUEST_FIELDS)).Assign(username=APPLICANT).Next(this.is_large)
    )
    is_large = flow.If(lambda activation: activation.process.amount > 1000).Then(this.approve).Else(this.end)
    approve = (
        flow.View(views.UpdateProcessView.as_view(fields=["decision", "note"]))
        .Assign(username=APPROVER)
        .Next(this.record)
    )
    record = flow.Function(this.record_outcome).Next(this.end)
    end = flow.End()

    def record_outcome(self, activation: Any) -> None:
        """Keep the outcome, as the script task of the diagram does."""
        process = activation.process
        process.outcome = "done" if process.decision == "approved" else "refused"
        process.save()
