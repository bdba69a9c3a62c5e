"""What the approval keeps: viewflow's process with the fields of the request, as its quick start shows it."""

from viewflow import jsonstore
from viewflow.workflow.models import Process


class ApprovalProcess(Process):
    """A request and its approval."""

    title = jsonstore.CharField(max_length=150)
    amount = jsonstore.IntegerField()
    needed_on = jsonstore.DateField()
    place = jsonstore.CharField(max_length=150, blank=True)
    budget_code = jsonstore.CharField(max_length=40, blank=True)
    urgent = jsonstore.BooleanField(default=False)
    reason = jsonstore.TextField(max_length=2000)
    remark = jsonstore.TextField(max_length=2000, blank=True)
    decision = jsonstore.CharField(max_length=20, choices=[("approved", "Disetujui"), ("refused", "Ditolak")])
    note = jsonstore.TextField(max_length=2000, blank=True)
    outcome = jsonstore.CharField(max_length=20, blank=True)

    class Meta:  # pyright: ignore[reportIncompatibleVariableOverride]  # Django's way to say it
        proxy = True
