"""The pages of recognition, joined."""

from flask import Blueprint

from webapp.navigation import NavItem
from webapp.recognition import awards, ideas, nominating, opening, own, thanking
from webapp.texts import lazy

blueprint = Blueprint("recognition", __name__)
for part in (thanking, own, ideas, awards, opening, nominating):
    part.add_to(blueprint)

NAVIGATION = (NavItem(lazy("Apresiasi"), "recognition.show_wall", 100, group=lazy("Penghargaan")),)
