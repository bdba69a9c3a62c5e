"""The prepared statements by which the services of an award write their rows."""

from sqlalchemy import bindparam

from processes.people.careers import award
from processes.recognition.records import award_outcome

insert_award = award.insert()
insert_outcome = award_outcome.insert()
publish_outcome = (
    award_outcome.update()
    .where(award_outcome.c.case_id == bindparam("of_case_id"))
    .values(is_public=bindparam("new_is_public"))
)
