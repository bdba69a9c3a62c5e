"""From a nomination to a certificate with the competency, on SQLite and on PostgreSQL."""

from processes.people.queries.competencies import competency_gaps
from processes.training.queries.hours import records_of
from processes.training.records import NominationStatus
from tests.processes.test_verified_training import said, trained
from tests.processes.training_hall import CITY, DEWI, TrainingHall

# pytest finds fixtures in the module that uses them.
FIXTURES = (trained,)


def test_what_training_has_recorded_is_what_its_journals_tell(trained: TrainingHall) -> None:  # as above
    assert trained.status(DEWI) is NominationStatus.COMPLETED
    with trained.engine.database.reading() as read:
        (record,) = records_of(read, CITY, DEWI)
        (gap,) = competency_gaps(read, CITY, DEWI, day=trained.now.date())
    assert (record.hours, record.certificate, gap.gap) == (16, "SERT-00001/2026", 0)
    # The night that seals the audit trail has not come yet.
    assert said(trained) == {("audit_unsealed", None)}
