"""One-time codes on paper: the unit's HR officer makes them for new people and for those who forgot their password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from processes.people.records import Role
from webapp.auth.codes import VALID_FOR, show_code
from webapp.auth.commands.issue_code import IssueCode
from webapp.auth.commands.set_account_active import SetAccountActive
from webapp.auth.people import Listed, people_for_codes
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.texts import gettext as _

MOST_AT_ONCE = 100


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the blueprint of the sign-in."""
    blueprint.add_url_rule("/kode", view_func=show_codes, methods=["GET"])
    blueprint.add_url_rule("/kode", view_func=issue_codes, methods=["POST"])
    blueprint.add_url_rule(
        "/kode/<int(max=9223372036854775807):person>/akun", view_func=set_account_active, methods=["POST"]
    )


def may_issue_codes(actor: Actor) -> bool:
    """Say whether the page is of use to a person; the rule table decides about each code."""
    return actor.holds(Role.UNIT_HR_OFFICER) or actor.holds(Role.CITY_ADMIN)


def show_codes() -> str:
    """Show the people to whom codes may be given."""
    words = request.args.get("cari", "")[:100]
    is_admin = current_actor().holds(Role.CITY_ADMIN)
    return render_template("auth/codes.html", people=_people(words), words=words, is_admin=is_admin)


def issue_codes() -> str:
    """Make codes for the people who were ticked, and show them once, ready to be printed.

    :raise BadRequest: nobody was ticked who is on the list, or too many were.
    """
    wanted = {int(item) for item in request.form.getlist("person") if item.isascii() and item.isdigit()}
    known = {item.person: item for item in _people(request.form.get("cari", "")[:100])}
    chosen = [known[person] for person in sorted(wanted & known.keys(), key=list(known).index)]
    if not 0 < len(chosen) <= MOST_AT_ONCE or len(chosen) != len(wanted):
        raise BadRequest
    pepper = current_alur().settings.pepper
    codes = [(item, show_code(run_command(IssueCode(item.person, pepper)).value)) for item in chosen]
    return render_template("auth/printed_codes.html", codes=codes, until=current_alur().clock() + VALID_FOR)


def set_account_active(person: int) -> Response:
    """Close a person's account or open it again."""
    is_active = request.form.get("active") == "1"
    run_command(SetAccountActive(person, is_active))
    flash(_("Akun sudah diaktifkan kembali.") if is_active else _("Akun sudah dinonaktifkan."), "success")
    return redirect(url_for("auth.show_codes", cari=request.form.get("cari", "")[:100]), 303)


def _people(words: str) -> list[Listed]:
    alur = current_alur()
    today = alur.now_in(current_actor().tenant).date()
    return ask(people_for_codes, today, alur.clock(), words=words)
