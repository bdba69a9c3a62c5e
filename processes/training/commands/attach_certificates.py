"""Keep the certificates that the organiser of a session has handed over, each with the training that it is of."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.errors import NotFound
from engine.records.changes import Write
from engine.records.files import StoredFile
from processes.training.queries.catalogue import find_session
from processes.training.queries.documents import certified_in, documents_of_records
from processes.training.records import training_document


@dataclass(frozen=True, slots=True)
class AttachCertificates:
    """Keep files with the trainings that they are of; the receipt's value is how many are new.

    :param files: each with the number of the training, one of the session's.
    """

    session_id: int
    files: tuple[tuple[int, StoredFile], ...] = field(repr=False)
    permission: ClassVar[str] = "training:arrange"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write what is not kept yet.

        :raise NotFound: there is no such session, or a training is none of it.
        """
        find_session(context.read, subject.tenant, self.session_id)
        known = {item.record for item in certified_in(context.read, subject.tenant, self.session_id)}
        if not known.issuperset(record for record, _ in self.files):
            raise NotFound()
        kept = documents_of_records(context.read, subject.tenant, known)
        there = {(record, item.sha256) for record, items in kept.items() for item in items}
        new = {(record, file.sha256): file for record, file in self.files if (record, file.sha256) not in there}
        rows = [_row(context, subject.tenant, record, file) for (record, _), file in new.items()]
        writes = (Write(training_document.insert(), rows),) if rows else ()
        return Changes(writes, subject=self.session_id, value=len(rows))


def _row(context: Context, tenant: str, record: int, file: StoredFile) -> dict[str, Any]:
    own = {"record_id": record, "tenant": tenant, "added_at": context.now, "added_by": context.actor.person}
    return own | {name: getattr(file, name) for name in ("sha256", "filename", "media_type", "size")}
