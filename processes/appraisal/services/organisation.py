"""Services of a unit's case: its organisation predicate and the distribution of its employees' predicates."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.appraisal.facts import org_of_unit, predicate_counts
from processes.appraisal.records import OrgBasis, org_predicate
from processes.appraisal.rules import distribution_warnings
from processes.appraisal.services import statements
from processes.people.city import OrgPredicate, to_plain

_last_predicate = (
    select(org_predicate.c.predicate)
    .where(
        org_predicate.c.tenant == bindparam("tenant"),
        org_predicate.c.unit_id == bindparam("unit_id"),
        # Only what came before: quarters need not be opened in their order.
        or_(
            org_predicate.c.year < bindparam("year"),
            and_(org_predicate.c.year == bindparam("year"), org_predicate.c.quarter < bindparam("quarter")),
        ),
    )
    .order_by(org_predicate.c.year.desc(), org_predicate.c.quarter.desc())
    .limit(1)
)


def carry_over_org_predicate(call: ServiceContext) -> ServiceResult:
    """Return the unit's last predicate before this quarter, marked, so that a late superior never stalls the unit.

    PermenPANRB 6/2022 annex IV lets last year's predicate stand in when the annual one is later than January; the
    same is done for a quarter. A unit without any earlier predicate gets the neutral one, marked as well.
    """
    params = {"tenant": call.tenant, **_unit_quarter(call.variables)}
    last = call.read.execute(_last_predicate, params).scalar_one_or_none()
    note = "Predikat periode sebelumnya dipakai" if last else "Belum pernah ada predikat; dipakai predikat netral"
    return ServiceResult(
        {"predicate": last or OrgPredicate.BAIK.value, "note": note, "basis": OrgBasis.CARRIED_OVER.value}
    )


def record_org_predicate(call: ServiceContext) -> ServiceResult:
    """Keep the unit's predicate and return what its employees' cases are told."""
    org = call.variables["org"]
    basis = org.get("basis") or _basis(call)
    row = write(
        statements.insert_org_predicate,
        **_unit_quarter(call.variables),
        tenant=call.tenant,
        predicate=org["predicate"],
        basis=basis,
        note=org["note"],
        set_by=call.actor,
        set_at=call.now,
    )
    return ServiceResult({"predicate": org["predicate"], "note": org["note"], "basis": basis}, (row,))


def _basis(call: ServiceContext) -> str:
    is_superior = call.actor == int(call.variables["head_superior"])
    return OrgBasis.SET.value if is_superior else OrgBasis.DEPUTY.value


def _unit_quarter(variables: Mapping[str, Any]) -> dict[str, int]:
    return {
        "unit_id": int(variables["unit"]),
        "year": int(variables["year"]),
        "quarter": int(variables["quarter"]),
    }


def review_distribution(call: ServiceContext) -> ServiceResult:
    """Compare the unit's predicates with the distribution guide (SE MenPANRB 3/2023): warnings, never a block."""
    of_unit = _unit_quarter(call.variables)
    org = org_of_unit(call.read, call.tenant, *of_unit.values())
    counts = predicate_counts(call.read, call.tenant, *of_unit.values())
    warnings = distribution_warnings(org, counts) if org is not None else ()
    head = call.variables["head"]  # None for a unit that nobody leads: the missing justification shows
    notices = (Notice(int(head), "appraisal.distribution", {}),) if warnings and head is not None else ()
    return ServiceResult({"warnings": [to_plain(warning) for warning in warnings]}, notices=notices)


def record_justification(call: ServiceContext) -> ServiceResult:
    """Keep the head's justification; one that was not given in time stays empty and shows as such."""
    reason = (call.variables.get("justification") or {}).get("reason")
    of_unit = {f"of_{name}": value for name, value in _unit_quarter(call.variables).items()}
    row = write(
        statements.justify_org_predicate,
        expect=1,
        of_tenant=call.tenant,
        **of_unit,
        new_justification=reason,
    )
    return ServiceResult(writes=(row,))
