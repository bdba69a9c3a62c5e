"""The pages of posts, competencies and careers, joined."""

from flask import Blueprint

from webapp.navigation import NavItem
from webapp.promotion import (
    board_decrees,
    board_views,
    career_views,
    competency_views,
    decree_views,
    plan_merit,
    plan_views,
    post_analysis,
    post_views,
    rank_views,
    selection_opening,
    selection_views,
    succession_views,
    talent_person,
    talent_views,
)
from webapp.texts import lazy

blueprint = Blueprint("promotion", __name__)
_POSTS = (post_views, post_analysis, competency_views, plan_views, plan_merit)
_BOARD = (board_views, board_decrees)
_SELECTION = (selection_opening, selection_views)
_TALENT = (talent_views, talent_person, succession_views)
for part in (career_views, rank_views, decree_views, *_TALENT, *_POSTS, *_BOARD, *_SELECTION):
    part.add_to(blueprint)

#: The menu in which these pages stand.
_GROUP = lazy("Karier")
NAVIGATION: tuple[NavItem, ...] = (
    NavItem(lazy("Karier saya"), "promotion.show_career", 70, group=_GROUP),
    NavItem(lazy("Kenaikan pangkat"), "promotion.show_promotions", 71, group=_GROUP, shown=rank_views.sees_promotions),
    NavItem(lazy("Jabatan"), "promotion.show_posts", 72, group=_GROUP, shown=post_views.looks_after_posts),
    NavItem(lazy("Pengisian jabatan"), "promotion.show_fillings", 72, group=_GROUP, shown=board_views.sees_fillings),
    NavItem(lazy("Seleksi terbuka"), "promotion.show_selections", 72, group=_GROUP, shown=selection_views.is_staff),
    NavItem(lazy("Kotak talenta"), "promotion.show_talents", 73, group=_GROUP, shown=talent_views.sees_talents),
)
