"""The prepared statements by which appraisal services write their rows."""

from typing import Any

from sqlalchemy import bindparam, cast, select
from sqlalchemy.dialects.postgresql import insert as upsert

from processes.appraisal.records import (
    OrgBasis,
    assessment,
    evaluation,
    evidence,
    feedback,
    org_predicate,
    realisation,
    recommendation,
)
from processes.people.records import result

_QUARTER_KEY = ("tenant", "employee_id", "year", "quarter")


def _delete_quarter(table: Any) -> Any:
    return table.delete().where(*(table.c[name] == bindparam(f"of_{name}") for name in _QUARTER_KEY))


# Only over what was read: what an import brought meanwhile is joined anew, never overwritten.
update_realisation = (
    realisation.update()
    .where(*(realisation.c[name] == bindparam(f"of_{name}") for name in _QUARTER_KEY))
    .where(realisation.c.content == bindparam("was_content"))
    .values({name: bindparam(f"new_{name}") for name in ("content", "entered_at", "entered_by", "source")})
)
insert_realisation = realisation.insert()
delete_assessment = _delete_quarter(assessment)
insert_assessment = assessment.insert()
insert_evidence = evidence.insert()
insert_feedback = feedback.insert()
insert_recommendation = recommendation.insert()
insert_evaluation = evaluation.insert()
_OPENED = ("case_id", "version", "tenant", "employee_id", "year", "quarter", "unit_id", "rater_id", "is_final")
_read_again: Any = (
    select(realisation.c.content)
    .where(*(realisation.c[name] == bindparam(name) for name in _QUARTER_KEY))
    .scalar_subquery()
)
# Only while what the score was computed from is still what is kept: a file may have brought more in between.
open_evaluation = evaluation.insert().from_select(
    _OPENED,
    select(
        *(
            cast(bindparam(column.name, type_=column.type), column.type)
            for column in (evaluation.c[name] for name in _OPENED)
        )
    ).where(_read_again.is_not_distinct_from(bindparam("was_content", type_=realisation.c.content.type))),
)
insert_result = result.insert()
_org_row = upsert(org_predicate)
# Only an imported predicate makes room for the one that is decided here. SQLite says it in the same words.
record_org_predicate = _org_row.on_conflict_do_update(
    index_elements=org_predicate.primary_key.columns,
    set_={name: _org_row.excluded[name] for name in ("predicate", "basis", "note", "set_by", "set_at")},
    where=org_predicate.c.basis == OrgBasis.IMPORTED.value,
)
justify_org_predicate = (
    org_predicate.update()
    .where(*(org_predicate.c[name] == bindparam(f"of_{name}") for name in ("tenant", "unit_id", "year", "quarter")))
    .values(justification=bindparam("new_justification"))
)

_THE_VERSION = (evaluation.c.case_id == bindparam("of_case"), evaluation.c.version == bindparam("of_version"))


def _update_evaluation(*names: str) -> Any:
    return evaluation.update().where(*_THE_VERSION).values({name: bindparam(f"new_{name}") for name in names})


rate_evaluation = _update_evaluation(
    "work_result", "behaviour", "predicate", "work_note", "behaviour_note", "rater_id", "is_final"
)
sign_evaluation = _update_evaluation("justification", "signed_at", "rater_id")
hand_over_evaluation = _update_evaluation("handed_over_at", "dialogue_on", "dialogue_note", "is_final")
respond_evaluation = _update_evaluation("responded_at", "response", "objection")
decide_evaluation = _update_evaluation("decision", "decision_note", "decided_by", "decided_at")
lock_evaluation = _update_evaluation("locked_at")


def of_quarter(tenant: str, employee_id: int, year: int, quarter: int) -> dict[str, Any]:
    """Return the key of a deleting statement."""
    return {"of_tenant": tenant, "of_employee_id": employee_id, "of_year": year, "of_quarter": quarter}


def new_values(**values: Any) -> dict[str, Any]:
    """Return the parameters of an updating statement."""
    return {f"new_{name}": value for name, value in values.items()}
