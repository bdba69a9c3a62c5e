"""Certificates as files: those of a person, and those of a session's participants."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee
from processes.training.records import training_document, training_nomination, training_record


@dataclass(frozen=True, slots=True)
class Document:
    """The file of a certificate."""

    record: int
    employee: int
    sha256: str
    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Certified:
    """A participant of a session who has a certificate, by what a file may name him."""

    record: int
    employee: int
    nip: str
    certificate: str


_documents: AnySelect = (
    select(training_document, training_record.c.employee_id)
    .join(training_record, training_record.c.id == training_document.c.record_id)
    .where(training_document.c.tenant == TENANT)
)
_of_person = _documents.where(training_record.c.employee_id == bindparam("employee_id"))
_of_records = _documents.where(training_document.c.record_id.in_(bindparam("records", expanding=True)))
_one = _documents.where(
    training_document.c.record_id == bindparam("record"), training_document.c.sha256 == bindparam("sha256")
)
_certified: AnySelect = (
    select(training_record.c.id, training_record.c.employee_id, training_record.c.certificate, employee.c.nip)
    .join(training_nomination, training_nomination.c.case_id == training_record.c.case_id)
    .join(employee, employee.c.id == training_record.c.employee_id)
    .where(training_nomination.c.tenant == TENANT, training_nomination.c.session_id == bindparam("session_id"))
    .order_by(employee.c.name, training_record.c.id)
)


def documents_of(read: Connection, tenant: str, employee_id: int) -> dict[int, tuple[Document, ...]]:
    """Return the files of somebody's certificates, by the training that they are of."""
    return _by_record(read.execute(_of_person, {"tenant": tenant, "employee_id": employee_id}))


def documents_of_records(read: Connection, tenant: str, records: Iterable[int]) -> dict[int, tuple[Document, ...]]:
    """Return the files of some trainings."""
    return _by_record(read.execute(_of_records, {"tenant": tenant, "records": list(records)}))


def find_document(read: Connection, tenant: str, record: int, sha256: str) -> Document:
    """Return a file of a training.

    :raise NotFound: there is no such file in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "record": record, "sha256": sha256}).one_or_none()
    if row is None:
        raise NotFound()
    return _document_of(row)


def certified_in(read: Connection, tenant: str, session_id: int) -> tuple[Certified, ...]:
    """Return those who have a certificate of a session, by name."""
    rows = read.execute(_certified, {"tenant": tenant, "session_id": session_id})
    return tuple(Certified(row.id, row.employee_id, row.nip, row.certificate) for row in rows)


def _by_record(rows: Iterable[AnyRow]) -> dict[int, tuple[Document, ...]]:
    found: dict[int, tuple[Document, ...]] = {}
    for row in rows:
        found[row.record_id] = (*found.get(row.record_id, ()), _document_of(row))
    return found


def _document_of(row: AnyRow) -> Document:
    return Document(row.record_id, row.employee_id, row.sha256, row.filename, row.media_type, row.size)
