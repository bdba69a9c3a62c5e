"""The page on which a second person reviews a design, and everything about it that is said and decided there."""

from flask import Blueprint

from webapp.studio.frame import Tab
from webapp.studio.releasing import release_views, remark_views, restore_views, review_views
from webapp.texts import lazy

TAB = Tab(80, lazy("Tinjauan"), "studio.show_review")


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    for part in (review_views, remark_views, release_views, restore_views):
        part.add_to(blueprint)
