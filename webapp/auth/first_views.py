"""The first sign-in: three steps in large type; and the link for the first administrator of a city."""

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.policy.actor import system_actor
from processes.people.guests import is_guest
from processes.people.nip import InvalidNip, parse_nip
from webapp.access import for_guests, public
from webapp.auth.choosing import choose_password, known_about
from webapp.auth.commands.appoint_first_administrator import AppointFirstAdministrator
from webapp.auth.cookie import FOLLOWING, go_on_afresh, write_cookie
from webapp.auth.forms import FirstAdministratorForm, NewPasswordForm
from webapp.auth.links import is_link
from webapp.auth.passwords import find_faults, hash_new_password, strength
from webapp.auth.sessions import begin_session
from webapp.current import current_alur, current_city, current_person
from webapp.texts import language


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the blueprint of the sign-in."""
    blueprint.add_url_rule("/langkah-awal", view_func=first_steps, methods=["GET"])
    blueprint.add_url_rule("/langkah-awal", view_func=choose_first_password, methods=["POST"])
    blueprint.add_url_rule("/langkah-awal/selesai", view_func=first_steps_done, methods=["GET"])
    blueprint.add_url_rule("/mulai/<token>", view_func=show_first_link, methods=["GET"])
    blueprint.add_url_rule("/mulai/<token>", view_func=take_first_link, methods=["POST"])


@for_guests
def first_steps() -> Response | str:
    """Show step 1, who the account belongs to, or step 2, the password."""
    if not current_person().must_choose:
        return redirect(url_for("home.show"), 303)
    if request.args.get("langkah") == "2":
        return render_template("auth/choose.html", form=NewPasswordForm(language=language()))
    return render_template("auth/welcome.html")


@for_guests
def choose_first_password() -> Response | tuple[str, int]:
    """Keep the password; the one-time code is used up, and the session becomes a full one with a new id.

    Only for somebody who came with a code: who has a password already changes it by saying it.
    """
    person = current_person()
    if not person.must_choose:
        return redirect(url_for("home.show"), 303)
    form = NewPasswordForm(request.form, language=language())
    if form.validate() and _is_good(form, known_about(current_alur(), person)):
        password = str(form.typed_data()["password"])
        token = choose_password(current_alur(), person, password)
        return _full_session(token, password, "auth.first_steps_done")
    return render_template("auth/choose.html", form=form), 422


@for_guests
def first_steps_done() -> str:
    """Show step 3: everything is set."""
    is_from_outside = is_guest(current_person().actor)
    return render_template(
        "auth/done.html",
        strength=session.get("strength", ""),
        is_guest=is_from_outside,
        following=session.get(FOLLOWING) or url_for("home.show"),
    )


@public
def show_first_link(token: str) -> str:
    """Show the page for a city's first administrator.

    :raise NotFound: the link was used or is too old.
    """
    _require_link(token)
    return render_template("auth/first_link.html", form=FirstAdministratorForm(language=language()), token=token)


@public
def take_first_link(token: str) -> Response | tuple[str, int]:
    """Make the first administrator and let him in."""
    _require_link(token)
    form = FirstAdministratorForm(request.form, language=language())
    if form.validate() and _is_nip(form) and _is_good(form, [str(form.name.data), str(form.nip.data)]):
        return _appoint(token, form)
    return render_template("auth/first_link.html", form=form, token=token), 422


def _appoint(token: str, form: FirstAdministratorForm) -> Response:
    data, city, alur = form.typed_data(), current_city().code, current_alur()
    nip, password = parse_nip(str(data["nip"]), lenient=True), str(data["password"])
    command = AppointFirstAdministrator(token, nip.digits, nip.kind, str(data["name"]), hash_new_password(password))
    account_id: int = alur.engine.run(command, system_actor(city)).value
    with alur.database.writing() as connection:
        session_id = begin_session(connection, alur, city, account_id)
    return _full_session(session_id, password, "home.show")


def _full_session(token: str, password: str, endpoint: str) -> Response:
    go_on_afresh()
    g.session_is_over = True
    session["strength"] = strength(password)
    response = redirect(url_for(endpoint), 303)
    write_cookie(response, token)
    return response


def _require_link(token: str) -> None:
    alur = current_alur()
    if not alur.engine.read(is_link, system_actor(current_city().code), token, alur.clock()):
        raise NotFound


def _is_nip(form: FirstAdministratorForm) -> bool:
    try:
        parse_nip(str(form.nip.data), lenient=True)
    except InvalidNip as fault:
        form.add_error("nip", fault.text_id if language() == "id" else fault.text_en)
        return False
    return True


def _is_good(form: NewPasswordForm, about: list[str]) -> bool:
    faults = find_faults(str(form.password.data), about)
    for fault in faults:
        form.add_error("password", fault)
    return not faults
