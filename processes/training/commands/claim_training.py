"""Hand in training that was taken elsewhere: it counts once the personnel agency has confirmed it."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import write
from engine.records.files import StoredFile
from processes.people.subjects import EmployeeSubject, employee_subject
from processes.training.queries.claims import is_claimed, is_recorded
from processes.training.records import ClaimStatus, training_claim

MOST_HOURS = 1000


class CertificateKnown(Conflict):
    """The certificate counts already, or waits to be confirmed."""

    code = "training.certificate_known"


class TrainingAhead(Invalid):
    """The training has not ended yet."""

    code = "training.training_ahead"


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody says of a training that he took elsewhere."""

    name: str
    field: str
    hours: int
    ended_on: date
    provider: str
    certificate: str


@dataclass(frozen=True, slots=True)
class ClaimTraining:
    """Hand in a training that was taken elsewhere, with its certificate.

    :param file: the certificate, which was uploaded before.
    """

    employee_id: int
    taken: Taken
    file: StoredFile = field(repr=False)
    permission: ClassVar[str] = "development:claim"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee.

        :raise NotFound: there is none in the city.
        """
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Keep it; the receipt's value is its number.

        :raise TrainingAhead: it has not ended yet.
        :raise CertificateKnown: the certificate is known.
        """
        who = (context.read, subject.tenant, subject.person, self.taken.certificate)
        if self.taken.ended_on > subject.day:
            raise TrainingAhead()
        if is_recorded(*who) or is_claimed(*who):
            raise CertificateKnown()
        number = context.new_id()
        row = write(
            training_claim.insert(),
            id=number,
            tenant=subject.tenant,
            employee_id=subject.person,
            **asdict(self.taken),
            **{name: getattr(self.file, name) for name in ("sha256", "filename", "media_type", "size")},
            status=ClaimStatus.PROPOSED.value,
            proposed_at=context.now,
            decided_by=None,
            decided_at=None,
            decision_note=None,
        )
        return Changes((row,), subject=subject.person, value=number)
