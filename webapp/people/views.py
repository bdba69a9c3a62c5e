"""The pages about people, joined."""

from flask import Blueprint

from webapp.navigation import NavItem
from webapp.people import acting_views, deadline_views, import_views, line_views
from webapp.texts import lazy

blueprint = Blueprint("people", __name__)
for part in (line_views, acting_views, import_views, deadline_views):
    part.add_to(blueprint)

NAVIGATION = (
    NavItem(lazy("Daftar pegawai"), "people.show_staff", 50, shown=line_views.looks_after_people),
    NavItem(lazy("Impor data"), "people.show_import", 60, shown=import_views.may_import, in_account=True),
)
