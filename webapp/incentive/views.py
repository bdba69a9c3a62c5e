"""The allowance's pages, joined."""

from flask import Blueprint

from webapp.incentive import adjustment_views, correction_views, month_views, signal_views, slip_views
from webapp.navigation import NavItem
from webapp.texts import lazy

blueprint = Blueprint("incentive", __name__)
for part in (slip_views, month_views, correction_views, signal_views, adjustment_views):
    part.add_to(blueprint)

NAVIGATION = (
    NavItem(lazy("Slip TPP"), "incentive.show_slips", 90, group=lazy("TPP")),
    NavItem(lazy("TPP bulanan"), "incentive.show_newest", 91, shown=month_views.watches_months, group=lazy("TPP")),
)
