"""Services of a unit's case: its organisation predicate and the distribution of its employees' predicates."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from engine.records.changes import write
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from processes.appraisal.records import OrgBasis, org_predicate
from processes.appraisal.services import statements
from processes.appraisal.spread import unit_spread
from processes.people.city import CityError, OrgPredicate, to_plain

_last_set = (
    select(org_predicate.c.predicate, org_predicate.c.year, org_predicate.c.quarter)
    .where(
        org_predicate.c.tenant == bindparam("tenant"),
        org_predicate.c.unit_id == bindparam("unit_id"),
        # A stand-in of an earlier quarter says nothing about the unit: only what somebody set does.
        org_predicate.c.basis.not_in((OrgBasis.CARRIED_OVER.value, OrgBasis.NEUTRAL.value)),
        # Only what came before, for quarters need not be opened in their order, or was imported of this very quarter.
        or_(
            org_predicate.c.year < bindparam("year"),
            and_(
                org_predicate.c.year == bindparam("year"),
                or_(
                    org_predicate.c.quarter < bindparam("quarter"),
                    and_(
                        org_predicate.c.quarter == bindparam("quarter"),
                        org_predicate.c.basis == OrgBasis.IMPORTED.value,
                    ),
                ),
            ),
        ),
    )
    .order_by(org_predicate.c.year.desc(), org_predicate.c.quarter.desc())
    .limit(1)
)


def find_org_predicate(call: ServiceContext) -> ServiceResult:
    """Return the last predicate that somebody set for the unit before this quarter, with its quarter; nulls for none.

    One that was imported of this very quarter goes before all of them.
    PermenPANRB 6/2022 annex IV lets last year's predicate stand in when the annual one is later than January; a
    quarter does the same with the period before it.
    """
    found = call.read.execute(_last_set, {"tenant": call.tenant, **_unit_quarter(call.variables)}).one_or_none()
    names = ("predicate", "year", "quarter")
    return ServiceResult(dict(zip(names, found or (None, None, None), strict=True)))


def carry_over_org_predicate(call: ServiceContext) -> ServiceResult:
    """Return the predicate that was found, marked, so that a late superior never stalls the unit."""
    earlier, own = call.variables["earlier"], _unit_quarter(call.variables)
    if (int(earlier["year"]), int(earlier["quarter"])) == (own["year"], own["quarter"]):
        return ServiceResult({"predicate": earlier["predicate"], "note": "", "basis": OrgBasis.IMPORTED.value})
    note = f"{earlier['year']}-{earlier['quarter']}"
    return ServiceResult({"predicate": earlier["predicate"], "note": note, "basis": OrgBasis.CARRIED_OVER.value})


def take_neutral_org_predicate(call: ServiceContext) -> ServiceResult:
    """Return the neutral predicate, marked, for a unit of which nobody ever set one."""
    del call
    return ServiceResult({"predicate": OrgPredicate.BAIK.value, "note": "", "basis": OrgBasis.NEUTRAL.value})


def record_org_predicate(call: ServiceContext) -> ServiceResult:
    """Keep the unit's predicate and return what its employees' cases are told.

    It takes the place of one that was imported of the quarter; where that one stands, its row stays as it came.
    """
    org = call.variables["org"]
    basis = org.get("basis") or _basis(call)
    told = {"predicate": org["predicate"], "note": org["note"], "basis": basis}
    if basis == OrgBasis.IMPORTED.value:
        return ServiceResult(told)
    row = write(
        statements.record_org_predicate,
        expect=1,
        **_unit_quarter(call.variables),
        tenant=call.tenant,
        predicate=org["predicate"],
        basis=basis,
        note=org["note"],
        set_by=call.actor,
        set_at=call.now,
    )
    return ServiceResult(told, (row,))


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
    """Compare the unit's predicates with the distribution guide (SE MenPANRB 3/2023): warnings, never a block.

    As with a signature nothing is warned of before enough of the unit is rated (`rules.Coverage`).
    """
    unit_id, year, quarter = _unit_quarter(call.variables).values()
    try:
        found = unit_spread(call.read, call.city, call.tenant, unit_id=unit_id, year=year, quarter=quarter)
    except CityError as error:
        raise ServiceFailed(str(error)) from error
    head = call.variables["head"]  # None for a unit that nobody leads: the missing justification shows
    notices = (Notice(int(head), "appraisal.distribution", {}),) if found.warnings and head is not None else ()
    return ServiceResult({"warnings": [to_plain(warning) for warning in found.warnings]}, notices=notices)


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
