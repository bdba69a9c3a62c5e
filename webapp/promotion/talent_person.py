"""One person's talent box for those who plan successions: how it came about, and what is done about it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.policy.actor import Actor
from forms import AlurForm, ChoiceField, DateField, Option, Required, Text, TextField
from processes.people import city
from processes.people.follow_ups import ACTIONS, STATES, FollowUp, follow_ups_of
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject
from processes.promotion.commands.choose_follow_up import LONGEST_NOTE, NEXT, ChooseFollowUp, MoveFollowUp
from processes.promotion.queries.talents import Talent, talents
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.promotion.career_reading import around
from webapp.promotion.talent_words import FOLLOW_UP_WORDS, box_words, talent_tree
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

_ID = "int(max=9223372036854775807)"
PERSON = f"/talenta/<{_ID}:person>"


@dataclass(frozen=True, slots=True)
class PersonTalent:
    """Somebody's box with its follow-ups, and whether the reader may add to them."""

    talent: Talent
    follow_ups: tuple[FollowUp, ...]
    may_choose: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PERSON)(show_talent)
    blueprint.post(PERSON)(choose_follow_up)
    blueprint.post(f"{PERSON}/<{_ID}:follow_up>")(move_follow_up)


def show_talent(person: int) -> str:
    """Show somebody's box, how it came about, and its follow-ups."""
    return _page(ask(read_person_talent, current_alur(), person))


def choose_follow_up(person: int) -> Response | tuple[str, int]:
    """Plan one of the actions of the box."""
    found = _changeable(person)
    form = _choose_form(found)(request.form, language=language())
    if not form.validate():
        return _page(found, form), 422
    given: dict[str, Any] = dict(form.typed_data())
    try:
        run_command(ChooseFollowUp(person, given["action"], given["due_on"], given["note"] or ""))
    except (Invalid, Conflict) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _page(found, form), 422
    flash(_("Tindak lanjut dicatat. Pegawai diberi tahu dan melihatnya di Karier saya."), "success")
    return redirect(url_for("promotion.show_talent", person=person), 303)


def move_follow_up(person: int, follow_up: int) -> Response | tuple[str, int]:
    """Say how a follow-up goes on."""
    found = _changeable(person)
    one = next((item for item in found.follow_ups if item.id == follow_up and item.is_open), None)
    if one is None:
        raise NotFound()
    form = _move_form(one)(request.form, language=language(), prefix=_prefix(one))
    if not form.validate():
        return _page(found, moving={one.id: form}), 422
    given: dict[str, Any] = dict(form.typed_data())
    try:
        run_command(MoveFollowUp(one.id, given["state"], given["outcome"] or ""))
    except (Invalid, Conflict) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _page(found, moving={one.id: form}), 422
    flash(_("Keadaan tindak lanjut diperbarui."), "success")
    return redirect(url_for("promotion.show_talent", person=person), 303)


def read_person_talent(read: Any, actor: Actor, alur: Alur, person: int) -> PersonTalent:
    """Return somebody's talent.

    :raise NotFound: the reader may not know it, or nobody of that id works in the city today.
    """
    policy, here = alur.engine.policy, around(alur, actor.tenant)
    policy.require(actor, "talent:browse", TenantSubject(actor.tenant), read)
    member = placement_on(read, actor.tenant, person, here.today)
    if member is None:
        raise NotFound()
    subject = EmployeeSubject(actor.tenant, person, member.unit_id, here.today)
    return PersonTalent(
        talents(read, actor.tenant, here, [member])[0],
        follow_ups_of(read, actor.tenant, person),
        policy.allows(actor, "talent:follow_up", subject, read),
    )


def _changeable(person: int) -> PersonTalent:
    """Return somebody's talent for whoever may add to the follow-ups.

    :raise Forbidden: the reader may see it, but not that.
    """
    found = ask(read_person_talent, current_alur(), person)
    if not found.may_choose:
        raise Forbidden()
    return found


def _choose_form(found: PersonTalent) -> "partial[AlurForm]":
    opened = {item.action for item in found.follow_ups if item.is_open}
    actions = found.talent.box.actions if found.talent.box is not None else ()
    fields: dict[str, Any] = {
        "action": ChoiceField(
            Text("Tindak lanjut", "Follow-up"),
            [Required()],
            options=_options(ACTIONS, (action for action in actions if action not in opened)),
        ),
        "due_on": DateField(Text("Batas waktu", "Due"), [Required()]),
        "note": TextField(Text("Keterangan", "Note"), max_length=LONGEST_NOTE),
    }
    return partial(type("FollowUpForm", (AlurForm,), fields))


def _move_form(one: FollowUp) -> "partial[AlurForm]":
    fields: dict[str, Any] = {
        "state": ChoiceField(
            Text("Keadaan baru", "New state"), [Required()], options=_options(STATES, NEXT[one.state])
        ),
        "outcome": TextField(
            Text("Hasil atau alasan", "Outcome or reason"),
            max_length=LONGEST_NOTE,
            hint=Text("Wajib bila selesai atau dibatalkan.", "Needed once it is done or dropped."),
        ),
    }
    return partial(type("MoveForm", (AlurForm,), fields))


def _options(words: Mapping[Any, city.Text], chosen: Iterable[Any]) -> list[Option]:
    return [Option(str(item), Text(words[item].id, words[item].en)) for item in chosen]


def _prefix(one: FollowUp) -> str:
    return f"t{one.id}"


def _page(found: PersonTalent, form: AlurForm | None = None, *, moving: Mapping[int, AlurForm] | None = None) -> str:
    forms = {
        one.id: (moving or {}).get(one.id) or _move_form(one)(language=language(), prefix=_prefix(one))
        for one in found.follow_ups
        if one.is_open
    }
    return render_template(
        "promotion/talent.html",
        found=found,
        form=form or _choose_form(found)(language=language()),
        moving=forms,
        tree=talent_tree(found.talent),
        box_words=box_words,
        key=secrets.token_hex(KEY_BYTES),
        **FOLLOW_UP_WORDS,
    )
