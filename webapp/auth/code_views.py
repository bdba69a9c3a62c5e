"""One-time codes on paper: the unit's HR officer makes them for new people and for those who forgot their password."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.records import Role
from webapp.auth.codes import VALID_FOR, show_code
from webapp.auth.commands.issue_code import IssueCode
from webapp.auth.commands.set_account_active import SetAccountActive
from webapp.auth.people import Listed, people_for_codes
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.texts import gettext as _
from webapp.wiring import Alur

MOST_AT_ONCE = 100


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the blueprint of the sign-in."""
    blueprint.add_url_rule("/kode", view_func=show_codes, methods=["GET"])
    blueprint.add_url_rule("/kode", view_func=issue_codes, methods=["POST"])
    blueprint.add_url_rule(
        "/kode/<int(max=9223372036854775807):person>/akun", view_func=set_account_active, methods=["POST"]
    )


def may_issue_codes(actor: Actor) -> bool:
    """Show the page in the menu of those who give codes; the rule table guards it and each code."""
    return actor.holds(Role.UNIT_HR_OFFICER) or actor.holds(Role.CITY_ADMIN)


def show_codes() -> str:
    """Show the people to whom codes may be given.

    :raise NotFound: the reader gives codes to nobody.
    """
    return _list_page("")


def issue_codes() -> str:
    """Make codes for the people who were ticked, and show them once, ready to be printed; or only look for a name.

    The search is sent like a form: a name in an address would stay in the history of a shared computer.

    :raise NotFound: somebody was ticked who is not on the reader's list.
    :raise BadRequest: nobody was ticked, or too many were.
    """
    words = request.form.get("cari", "")[:100]
    if "_cari" in request.form:
        return _list_page(words)
    wanted = {int(item) for item in request.form.getlist("person") if item.isascii() and item.isdigit()}
    known = {item.person: item for item in _people(words)}
    chosen = [known[person] for person in sorted(wanted & known.keys(), key=list(known).index)]
    if len(chosen) != len(wanted):
        raise NotFound()
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise BadRequest
    pepper = current_alur().settings.pepper
    codes = [(item, show_code(run_command(IssueCode(item.person, pepper)).value)) for item in chosen]
    until = current_alur().clock() + VALID_FOR
    address = url_for("auth.show_sign_in", _external=True)
    return render_template("auth/printed_codes.html", codes=codes, until=until, address=address)


def set_account_active(person: int) -> Response:
    """Close a person's account or open it again."""
    is_active = request.form.get("active") == "1"
    run_command(SetAccountActive(person, is_active))
    flash(_("Akun sudah diaktifkan kembali.") if is_active else _("Akun sudah dinonaktifkan."), "success")
    return redirect(url_for("auth.show_codes"), 303)


def _list_page(words: str) -> str:
    is_admin = current_actor().holds(Role.CITY_ADMIN)
    return render_template("auth/codes.html", people=_people(words), words=words, is_admin=is_admin)


def _people(words: str) -> list[Listed]:
    return ask(_read_people, current_alur(), words)


def _read_people(read: Any, actor: Actor, alur: Alur, words: str) -> list[Listed]:
    alur.engine.policy.require(actor, "code:list", TenantSubject(actor.tenant), read)
    return people_for_codes(read, actor, alur.now_in(actor.tenant).date(), alur.clock(), words=words)
