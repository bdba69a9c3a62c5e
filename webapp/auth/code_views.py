"""One-time codes on paper: the unit's HR officer makes them for new people and for those who forgot their password."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Conflict, Forbidden, NotFound
from engine.policy.actor import Actor
from processes.people.records import Role
from webapp.auth.code_address import city_address
from webapp.auth.code_sent import Sent, read_look, read_sent
from webapp.auth.codes import VALID_FOR, show_code
from webapp.auth.commands.issue_code import IssueCode
from webapp.auth.commands.set_account_active import SetAccountActive
from webapp.auth.listing import MOST_AT_ONCE, Listed, Listing, Look, Scope, chosen_for_codes, people_for_codes
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, current_city, run_command
from webapp.searches import keep_words, kept_words
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.wiring import Alur


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
    return _list_page(replace(read_look(request.args), words=kept_words()))


def issue_codes() -> Response | str | tuple[str, int]:
    """Make the codes that were asked for and show them once, ready to be printed; or only another part of the list.

    The search is sent like a form: a name in an address would stay in the history of a shared computer. Whoever would
    lose a password or an unused code is asked about first; so is, at a second submit, who has just got his code.

    :raise NotFound: somebody was ticked who is not on the reader's list.
    """
    sent = read_sent(request.form)
    if sent.only_looks:
        # What is ticked lives in the page alone; without a tick the list has an address to come back to.
        page = _list_page(sent.look, sent.everybody)
        return page if sent.everybody else _lead_to(sent.look)
    chosen = _chosen(sent.everybody)
    wanted = [item for item in chosen if item.person in sent.wanted and not item.is_closed]
    if not wanted and sent.unsure:
        fault = _("Belum ada yang dicentang. Centang orangnya, atau kembali ke daftar.")
        return _sure_page(sent.look, chosen, fault), 422
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        return _list_page(sent.look, sent.everybody, _fault(len(wanted))), 422
    if any(item.would_lose and item.person not in sent.again for item in wanted):
        return _sure_page(sent.look, wanted)
    return _issue(sent, wanted)


def _lead_to(look: Look) -> Response:
    page = look.page if look.page > 1 else None
    return redirect(url_for("auth.show_codes", unit=look.unit, halaman=page, dicari=keep_words(look.words)), 303)


def _issue(sent: Sent, wanted: Iterable[Listed]) -> str:
    """Make the codes one by one, each a change of its own; one that is refused does not take the others' slips away."""
    slips: list[tuple[Listed, str]] = []
    left: list[Listed] = []
    pepper = current_alur().settings.pepper
    for item in wanted:
        try:
            receipt = run_command(IssueCode(item.person, pepper))
        except (NotFound, Forbidden, Conflict):
            left.append(item)
            continue
        if receipt.repeated:
            left.append(item)
        else:
            slips.append((item, show_code(receipt.value)))
    if not slips:
        return _sure_page(sent.look, _chosen(sent.wanted))
    until = current_alur().clock() + VALID_FOR
    return render_template(
        "auth/printed_codes.html",
        slips=slips,
        left=left,
        until=until,
        address=printed_address("auth.show_sign_in"),
        look=sent.look,
    )


def set_account_active(person: int) -> Response:
    """Close a person's account or open it again."""
    is_active = request.form.get("active") == "1"
    run_command(SetAccountActive(person, is_active))
    flash(_("Akun sudah diaktifkan kembali.") if is_active else _("Akun sudah dinonaktifkan."), "success")
    look = read_look(request.form)
    page = look.page if look.page > 1 else None
    return redirect(url_for("auth.show_codes", unit=look.unit, halaman=page), 303)


def _fault(count: int) -> str:
    if count == 0:
        return _("Belum ada yang dicentang. Centang orang yang memerlukan kode, lalu tekan tombolnya lagi.")
    return ngettext(
        "Paling banyak %(most)s kode sekali cetak; Anda mencentang %(count)s orang. Kurangi centang, lalu coba lagi.",
        "Paling banyak %(most)s kode sekali cetak; Anda mencentang %(count)s orang. Kurangi centang, lalu coba lagi.",
        count,
        most=MOST_AT_ONCE,
    )


def _list_page(look: Look, ticked: frozenset[int] = frozenset(), fault: str = "") -> str:
    page = ask(_read_page, current_alur(), look)
    shown = {item.person for item in page.people}
    return render_template(
        "auth/codes.html",
        page=page,
        look=look,
        ticked=ticked,
        elsewhere=ask(_read_chosen, current_alur(), ticked - shown),
        fault=fault,
        most=MOST_AT_ONCE,
        is_admin=current_actor().holds(Role.CITY_ADMIN),
        key=secrets.token_hex(KEY_BYTES),
    )


def _sure_page(look: Look, people: Iterable[Listed], fault: str = "") -> str:
    """Ask about those who would lose something, each of them unticked: a code for them is the exception."""
    losing = [item for item in people if item.would_lose]
    fresh = [item for item in people if not item.would_lose]
    key = secrets.token_hex(KEY_BYTES)
    return render_template("auth/codes_sure.html", losing=losing, fresh=fresh, look=look, fault=fault, key=key)


def printed_address(endpoint: str) -> str:
    """Return where people sign in, as it is printed: never a name that only this request's sender came up with."""
    path = url_for(endpoint).removeprefix(request.script_root)
    told = city_address(current_alur().settings, current_city().code)
    return told + path if told is not None else url_for(endpoint, _external=True)


def _chosen(persons: frozenset[int]) -> tuple[Listed, ...]:
    chosen = ask(_read_chosen, current_alur(), persons)
    if len(chosen) != len(persons):
        raise NotFound()
    return chosen


def _read_page(read: Any, actor: Actor, alur: Alur, look: Look) -> Listing:
    return people_for_codes(_scope(read, actor, alur), look)


def _read_chosen(read: Any, actor: Actor, alur: Alur, persons: frozenset[int]) -> tuple[Listed, ...]:
    return chosen_for_codes(_scope(read, actor, alur), persons)


def _scope(read: Any, actor: Actor, alur: Alur) -> Scope:
    alur.engine.policy.require(actor, "code:list", TenantSubject(actor.tenant), read)
    return Scope(read, actor, alur.now_in(actor.tenant).date(), alur.clock())
