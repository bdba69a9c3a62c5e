"""The numbers beside the entries of the menu: read once for a page, however many entries show one."""

from flask import g

from engine.policy.actor import Actor
from engine.queries.menu import MOST_COUNTED, MenuCounts, count_for_menu
from processes.people.records import Role
from webapp.current import ask, current_actor
from webapp.navigation import Counted
from webapp.texts import ngettext, show_number

#: Who suspends, mends and moves cases, and is shown what is stuck.
OPERATORS = (Role.PROCESS_OWNER, Role.HR_VERIFIER, Role.HR_HEAD)


def operates(actor: Actor) -> bool:
    """Say whether the operations of cases are in a person's menu; the rule table guards them."""
    return any(actor.holds(role) for role in OPERATORS)


def unread_notices() -> Counted | None:
    """Return how many notices the reader has not read."""
    count = _counts().unread
    said = ngettext("%(count)s pemberitahuan belum dibaca", "%(count)s pemberitahuan belum dibaca", count)
    return Counted(str(count), said) if count else None


def stuck_cases() -> Counted | None:
    """Return in how many cases of the city something has failed, for those who mend it."""
    count = _counts().stuck
    if count > MOST_COUNTED:
        return Counted(f"{MOST_COUNTED}+", _more_than(MOST_COUNTED))
    said = ngettext("%(count)s kasus tertahan", "%(count)s kasus tertahan", count)
    return Counted(show_number(count), said) if count else None


def _more_than(count: int) -> str:
    return ngettext("lebih dari %(count)s kasus tertahan", "lebih dari %(count)s kasus tertahan", count)


def _counts() -> MenuCounts:
    if "menu_counts" not in g:
        g.menu_counts = ask(count_for_menu, operates=operates(current_actor()))
    counts: MenuCounts = g.menu_counts
    return counts
