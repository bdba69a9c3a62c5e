"""Signing in and out, staying, and one's own password."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from processes.people.guests import is_guest
from webapp.access import for_guests, public
from webapp.auth import code_views, first_views, guest_views, typed_forms
from webapp.auth.choosing import choose_password, known_about, knows_password
from webapp.auth.cookie import go_on_afresh, write_cookie
from webapp.auth.forms import ChangePasswordForm, SignInForm
from webapp.auth.letting_in import answer_refused, let_in, let_on, let_out
from webapp.auth.own_account import read_own_account
from webapp.auth.passwords import find_faults, strength
from webapp.auth.sessions import end_other_sessions
from webapp.auth.signing_in import Welcome, sign_in
from webapp.current import ask, current_alur, current_city, current_person, signed_in
from webapp.navigation import NavItem
from webapp.role_names import ROLE_NAMES
from webapp.texts import gettext as _
from webapp.texts import language, lazy

blueprint = Blueprint("auth", __name__, template_folder="templates")
first_views.add_to(blueprint)
code_views.add_to(blueprint)
guest_views.add_to(blueprint)
typed_forms.add_to(blueprint)

NAVIGATION = (
    NavItem(lazy("Akun saya"), "auth.show_account", 900, in_account=True),
    NavItem(lazy("Kode masuk"), "auth.show_codes", 800, shown=code_views.may_issue_codes, in_account=True),
    NavItem(lazy("Seleksi ini"), "auth.show_own_selection", 20, shown=guest_views.has_own_selection),
    NavItem(lazy("Tamu seleksi"), "auth.show_guests", 810, shown=guest_views.may_see_guests, in_account=True),
)


@blueprint.get("/masuk")
@public
def show_sign_in() -> Response | str:
    """Show the sign-in page; to whom is in already, his first page."""
    person = signed_in()
    if person is not None:
        return let_on(person, url_for("auth.show_sign_in", habis=1))
    return _sign_in_page(
        SignInForm(language=language()), is_expired="habis" in request.args, is_out="keluar" in request.args
    )


@blueprint.post("/masuk")
@public
def take_sign_in() -> Response | str | tuple[str, int, dict[str, str]]:
    """Let a person in, or say that number or password are wrong."""
    form = SignInForm(request.form, language=language())
    if not form.validate():
        return _sign_in_page(form), 422, {}
    data = form.typed_data()
    address = request.remote_addr or ""
    answer = sign_in(current_alur(), current_city().code, str(data["nip"]), str(data["secret"]), address)
    if isinstance(answer, Welcome):
        return let_in(answer)
    wrong = _("NIP atau kata sandi salah. Periksa keduanya, lalu coba lagi.")
    status, headers = answer_refused(form, answer, wrong)
    return _sign_in_page(form), status, headers


def _sign_in_page(form: SignInForm, *, is_expired: bool = False, is_out: bool = False) -> str:
    following = request.values.get("next", "")
    return render_template(
        "auth/sign_in.html",
        form=form,
        is_expired=is_expired,
        is_out=is_out,
        kept=request.args.get("habis", ""),
        following=following,
    )


@blueprint.post("/keluar")
@public
def sign_out() -> Response:
    """End the session here and in the browser."""
    person = signed_in()
    door = "auth.show_guest_sign_in" if person is not None and is_guest(person.actor) else "auth.show_sign_in"
    return let_out(person, url_for(door, keluar=1))


@blueprint.post("/sesi/perpanjang")
@for_guests
def stay() -> Response:
    """Keep the session for another while: loading it has noted the use."""
    return make_response("", 204)


@blueprint.get("/akun")
@for_guests
def show_account() -> str:
    """Show the person's account."""
    return _account_page(ChangePasswordForm(language=language()))


@blueprint.post("/akun/sandi")
@for_guests
def change_password() -> Response | tuple[str, int]:
    """Change the person's own password; every other session ends."""
    form, person = ChangePasswordForm(request.form, language=language()), current_person()
    if form.validate() and _is_good(form):
        data = form.typed_data()
        token = choose_password(current_alur(), person, str(data["password"]))
        go_on_afresh()
        flash(_("Kata sandi sudah diganti. %(strength)s", strength=strength(str(data["password"]))), "success")
        response = redirect(url_for("auth.show_account"), 303)
        write_cookie(response, token)
        g.session_is_over = True
        return response
    return _account_page(form), 422


@blueprint.post("/akun/sesi")
@for_guests
def end_others() -> Response:
    """End the person's sessions in all other browsers."""
    if end_other_sessions(current_alur(), current_person()):
        flash(_("Anda sudah dikeluarkan dari semua perangkat lain."), "success")
    else:
        flash(_("Anda tidak sedang masuk di perangkat lain."), "info")
    return redirect(url_for("auth.show_account"), 303)


def _account_page(form: ChangePasswordForm) -> str:
    own = ask(read_own_account, current_alur(), current_person())
    return render_template("auth/account.html", form=form, own=own, role_names=ROLE_NAMES)


def _is_good(form: ChangePasswordForm) -> bool:
    person = current_person()
    if not knows_password(person, str(form.current.data)):
        form.add_error("current", _("Kata sandi saat ini salah."))
        return False
    faults = find_faults(str(form.password.data), known_about(current_alur(), person))
    for fault in faults:
        form.add_error("password", fault)
    return not faults
