"""The appraisal's pages, joined."""

from flask import Blueprint

from webapp.appraisal import people_views, quarter_views, result_views, signing_views
from webapp.navigation import NavItem
from webapp.texts import lazy

blueprint = Blueprint("appraisal", __name__)
for part in (people_views, signing_views, result_views, quarter_views):
    part.add_to(blueprint)

NAVIGATION = (
    NavItem(lazy("Orang saya"), "appraisal.show_people", 20, shown=people_views.has_people),
    NavItem(lazy("Hasil saya"), "appraisal.show_my_results", 30),
    NavItem(lazy("Triwulan"), "appraisal.show_quarters", 40, shown=quarter_views.watches_quarters),
)
