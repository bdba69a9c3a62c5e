"""The pages of feedback among colleagues, joined."""

from flask import Blueprint

from webapp.feedback import choosing, given, giving, received
from webapp.navigation import NavItem
from webapp.texts import lazy

blueprint = Blueprint("feedback", __name__)
for part in (choosing, given, received, giving):
    part.add_to(blueprint)

NAVIGATION = (NavItem(lazy("Umpan balik"), "feedback.choose", 35),)
