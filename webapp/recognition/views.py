"""The pages of recognition, joined."""

from flask import Blueprint

from webapp.navigation import NavItem
from webapp.recognition import awards, citizens, evidence, ideas, nominating, opening, own, thanking, unit_awards
from webapp.texts import lazy

blueprint = Blueprint("recognition", __name__)
for part in (thanking, own, ideas, evidence, awards, opening, nominating, unit_awards, citizens):
    part.add_to(blueprint)

NAVIGATION = (NavItem(lazy("Apresiasi"), "recognition.show_wall", 100, group=lazy("Penghargaan")),)
