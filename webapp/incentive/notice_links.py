"""Where notices about allowances lead: an employee's own slip, for the month of a unit is not his to open."""

from webapp.texts import lazy

LINKS = {
    "incentive.published": ("incentive.show_slips", lazy("Lihat slip")),
    "incentive.paid": ("incentive.show_slips", lazy("Lihat slip")),
}
