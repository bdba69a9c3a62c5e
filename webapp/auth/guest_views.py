"""Guests: their sign-in, and the pages on which whoever may invites them and ends their invitation."""

import secrets
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # pyright: ignore[reportAttributeAccessIssue]  # known stubs are of 3.2

from engine.errors import Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.people.guests import case_of
from processes.people.queries.guests import find_guest
from processes.people.records import Role
from webapp.access import for_guests, public
from webapp.auth.code_views import printed_address
from webapp.auth.codes import VALID_FOR, show_code
from webapp.auth.commands.change_guest import ExtendGuest, IssueGuestCode, RevokeGuest
from webapp.auth.commands.invite_guest import InviteGuest, InviteGuestToDesign
from webapp.auth.forms import DesignGuestDayForm, DesignInviteForm, GuestDayForm, GuestSignInForm, InviteForm
from webapp.auth.guest_listing import ListedGuest, inviting_cases, read_guest, read_guests, require_inviting
from webapp.auth.guest_signing_in import Over, normal_email, sign_in_guest
from webapp.auth.letting_in import answer_refused, let_in, let_on
from webapp.auth.signing_in import Welcome
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, current_city, run_command, signed_in
from webapp.texts import gettext as _
from webapp.texts import language, text_for

GUEST = "/tamu/<int(max=9223372036854775807):guest>"
TO_DESIGN = "/tamu/undang/rancangan/<int(max=9223372036854775807):design_id>"


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the blueprint of the sign-in."""
    blueprint.get("/masuk/tamu")(show_guest_sign_in)
    blueprint.post("/masuk/tamu")(take_guest_sign_in)
    blueprint.get("/tamu")(show_guests)
    blueprint.get("/tamu/seleksi")(show_own_selection)
    blueprint.get("/tamu/undang")(show_invitation)
    blueprint.post("/tamu/undang")(invite)
    blueprint.get(TO_DESIGN)(show_design_invitation)
    blueprint.post(TO_DESIGN)(invite_to_design)
    blueprint.get(GUEST)(show_guest)
    blueprint.post(f"{GUEST}/kode")(issue_guest_code)
    blueprint.post(f"{GUEST}/masa")(extend)
    blueprint.post(f"{GUEST}/cabut")(revoke)


def may_see_guests(actor: Actor) -> bool:
    """Show the page in the menu of those who invite guests; the rule table guards it."""
    return actor.holds(Role.HR_VERIFIER) or actor.holds(Role.HR_HEAD)


def has_own_selection(actor: Actor) -> bool:
    """Show the way to the selection in the menu of whoever was invited for one."""
    return case_of(actor) is not None


@public
def show_guest_sign_in() -> Response | str:
    """Show the sign-in page of guests; to whom is in already, his first page."""
    person = signed_in()
    if person is not None:
        return let_on(person, url_for("auth.show_guest_sign_in", habis=1))
    return _sign_in_page(GuestSignInForm(language=language()))


@public
def take_guest_sign_in() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Let a guest in, or say that address or secret are wrong, or since when the invitation is over."""
    form = GuestSignInForm(request.form, language=language())
    if not form.validate():
        return _sign_in_page(form), 422
    data, address = form.typed_data(), request.remote_addr or ""
    answer = sign_in_guest(current_alur(), current_city().code, str(data["email"]), str(data["secret"]), address)
    if isinstance(answer, Welcome):
        return let_in(answer)
    if isinstance(answer, Over):
        return render_template("auth/guest_over.html", over=answer), 403
    status, headers = answer_refused(
        form, answer, _("Alamat surel atau kata sandi salah. Periksa keduanya, lalu coba lagi.")
    )
    return _sign_in_page(form), status, headers


def _sign_in_page(form: GuestSignInForm) -> str:
    habis = request.args.get("habis")
    return render_template(
        "auth/guest_sign_in.html",
        form=form,
        is_expired=habis is not None,
        is_out="keluar" in request.args,
        kept=habis or "",
        following=request.values.get("next", ""),
    )


def show_guests() -> str:
    """Show who is or was a guest.

    :raise NotFound: the reader must not see guests.
    """
    return render_template("auth/guests.html", page=ask(read_guests, current_alur()))


@for_guests
def show_own_selection() -> Response:
    """Lead a guest to the selection that he was invited for, also when no task waits for him.

    :raise NotFound: the reader is no guest.
    """
    case_id = case_of(current_actor())
    if case_id is None:
        raise NotFound
    return redirect(url_for("promotion.show_selection", case_id=case_id), 303)


def show_invitation() -> str:
    """Show the form by which somebody from outside is invited."""
    case = request.args.get("kasus", type=int)
    return _invitation_page(_invitation(data={"case": str(case)} if case else None))


def invite() -> Response | str | tuple[str, int]:
    """Invite somebody, and show the code once, ready to be printed."""
    form = _invitation(formdata=request.form)
    if not form.validate():
        return _invitation_page(form), 422
    data = form.typed_data()
    day, pepper = data["valid_until"], current_alur().settings.pepper
    assert isinstance(day, date)
    email = normal_email(str(data["email"]))
    command = InviteGuest(int(str(data["case"])), str(data["name"]), str(data["institution"]), email, day, pepper)
    answer = _invite(command, form, url_for("auth.show_guests"))
    return answer if answer is not None else (_invitation_page(form), 422)


def show_design_invitation(design_id: int) -> str:
    """Show the form by which somebody from outside is invited to say what he thinks of a design."""
    ask(require_inviting, current_alur(), design_id)
    return _invitation_page(DesignInviteForm(language=language()), design_id)


def invite_to_design(design_id: int) -> Response | str | tuple[str, int]:
    """Invite somebody to a design, and show the code once, ready to be printed."""
    ask(require_inviting, current_alur(), design_id)
    form = DesignInviteForm(request.form, language=language())
    if not form.validate():
        return _invitation_page(form, design_id), 422
    data = form.typed_data()
    day, pepper = data["valid_until"], current_alur().settings.pepper
    assert isinstance(day, date)
    email = normal_email(str(data["email"]))
    command = InviteGuestToDesign(design_id, str(data["name"]), str(data["institution"]), email, day, pepper)
    answer = _invite(command, form, url_for("studio.show_review", design_id=design_id))
    return answer if answer is not None else (_invitation_page(form, design_id), 422)


def _invite(command: InviteGuest | InviteGuestToDesign, form: AlurForm, back: str) -> Response | str | None:
    """Return the sheet for the new guest; None if something was wrong, which the form then says."""
    try:
        receipt = run_command(command)
    except Invalid as error:
        form.add_error(None, text_for(error.code, error.params, language()))
        return None
    if receipt.repeated:
        flash(_("Undangan ini sudah dibuat. Bila lembarnya hilang, buatlah kode baru."), "info")
        return redirect(back, 303)
    return _slip(receipt.subject, str(receipt.value))


def show_guest(guest: int) -> str:
    """Show one guest, with what can be done about his invitation."""
    found = ask(read_guest, current_alur(), guest)
    return _guest_page(found, _day_form(found, data={"valid_until": found.until}))


def issue_guest_code(guest: int) -> Response | str:
    """Make a new code for a guest, and show it once."""
    try:
        receipt = run_command(IssueGuestCode(guest, current_alur().settings.pepper))
    except Invalid as error:
        return _tell(guest, text_for(error.code, error.params, language()), "warning")
    if receipt.repeated:
        return _tell(guest, _("Kode itu sudah dibuat. Bila lembarnya hilang, buatlah kode baru."), "info")
    return _slip(guest, str(receipt.value))


def extend(guest: int) -> Response | tuple[str, int]:
    """Give an invitation another last day."""
    found = ask(read_guest, current_alur(), guest)
    form = _day_form(found, request.form)
    if not form.validate():
        return _guest_page(found, form), 422
    day = form.typed_data()["valid_until"]
    assert isinstance(day, date)
    try:
        run_command(ExtendGuest(guest, day))
    except Invalid as error:
        form.add_error("valid_until", text_for(error.code, error.params, language()))
        return _guest_page(found, form), 422
    return _tell(guest, _("Masa undangan sudah diubah."), "success")


def revoke(guest: int) -> Response:
    """Take an invitation back, at once."""
    try:
        run_command(RevokeGuest(guest))
    except Invalid as error:
        return _tell(guest, text_for(error.code, error.params, language()), "warning")
    return _tell(guest, _("Undangan sudah dicabut. Tamu ini tidak dapat masuk lagi."), "success")


def _tell(guest: int, text: str, tone: str) -> Response:
    flash(text, tone)
    return redirect(url_for("auth.show_guest", guest=guest), 303)


def _guest_page(guest: ListedGuest, form: AlurForm) -> str:
    return render_template("auth/guest.html", guest=guest, form=form, key=_key())


def _day_form(guest: ListedGuest, formdata: object = None, data: dict[str, object] | None = None) -> AlurForm:
    kind = GuestDayForm if guest.design_id is None else DesignGuestDayForm
    return kind(formdata, language=language(), data=data)


def _invitation(*, formdata: object = None, data: dict[str, object] | None = None) -> InviteForm:
    form = InviteForm(formdata, language=language(), data=data)
    cases = ask(inviting_cases, current_alur())
    form.case.choices = [SelectChoice(str(key), title) for key, title in cases.items()]
    return form


def _invitation_page(form: AlurForm, design_id: int | None = None) -> str:
    return render_template("auth/guest_invite.html", form=form, design_id=design_id, key=_key())


def _slip(guest: int | None, code: str) -> str:
    assert guest is not None
    found = ask(lambda read, actor: find_guest(read, actor.tenant, guest))
    address = printed_address("auth.show_guest_sign_in")
    until = current_alur().clock() + VALID_FOR
    return render_template("auth/guest_slip.html", guest=found, code=show_code(code), until=until, address=address)


def _key() -> str:
    return secrets.token_hex(KEY_BYTES)
