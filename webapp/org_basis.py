"""Says how a unit came to its organisation predicate, the same way on every page that shows one."""

from processes.appraisal.queries.org_results import OrgResult
from processes.appraisal.records import OrgBasis
from webapp.texts import gettext as _


def basis_in_words(org: OrgResult | None) -> str:
    """Return the sentence that marks a predicate which the unit's superior did not set; empty for all others."""
    if org is None:
        return ""
    if org.basis is OrgBasis.DEPUTY:
        return _("Predikat unit ini ditetapkan pejabat pengganti.")
    if org.basis is OrgBasis.NEUTRAL:
        return _("Belum pernah ada predikat untuk unit ini; dipakai predikat netral.")
    if org.basis is not OrgBasis.CARRIED_OVER:
        return ""
    if org.since is None:
        return _("Untuk triwulan ini belum ditetapkan; dipakai predikat periode sebelumnya.")
    year, quarter = org.since
    return _(
        "Untuk triwulan ini belum ditetapkan; dipakai predikat periode sebelumnya (Triwulan %(quarter)s %(year)s).",
        quarter=quarter,
        year=year,
    )
