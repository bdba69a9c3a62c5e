"""Says how a unit came to its organisation predicate, the same way on every page that shows one."""

from processes.appraisal.queries.org_results import OrgResult
from processes.appraisal.records import OrgBasis
from webapp.texts import gettext as _
from webapp.texts import lazy

_SENTENCES = {
    OrgBasis.DEPUTY: lazy("Predikat unit ini ditetapkan pejabat pengganti."),
    OrgBasis.NEUTRAL: lazy("Belum pernah ada predikat untuk unit ini; dipakai predikat netral."),
    OrgBasis.IMPORTED: lazy("Predikat unit ini diimpor untuk triwulan ini, tidak ditetapkan di Alur."),
}


def basis_in_words(org: OrgResult | None) -> str:
    """Return the sentence that marks a predicate which the unit's superior did not set; empty for all others."""
    if org is None or org.basis is OrgBasis.SET:
        return ""
    if org.basis is not OrgBasis.CARRIED_OVER:
        return _(_SENTENCES[org.basis])
    if org.since is None:
        return _("Untuk triwulan ini belum ditetapkan; dipakai predikat periode sebelumnya.")
    year, quarter = org.since
    return _(
        "Untuk triwulan ini belum ditetapkan; dipakai predikat periode sebelumnya (Triwulan %(quarter)s %(year)s).",
        quarter=quarter,
        year=year,
    )
