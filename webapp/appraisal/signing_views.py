"""Sign the confirmed evaluations of one's people together: the units' distribution first, then each one for itself."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from engine.commands.complete_task import CompleteTask
from engine.errors import Conflict, Forbidden, NotFound
from forms import AlurForm
from processes.appraisal.queries.people import PersonRow
from webapp.appraisal.distribution_bars import bars_of
from webapp.appraisal.people_reading import Signing, read_signing
from webapp.appraisal.people_views import derived_key, gone_lines
from webapp.appraisal.quarter_switch import quarter_switch, read_asked
from webapp.appraisal.wording import in_words, quarter_name, tell
from webapp.current import KEY_BYTES, ask, current_actor, current_alur
from webapp.errors import answer_to
from webapp.org_basis import basis_in_words
from webapp.task_forms.rating import JustifiedSignatureForm, SignatureForm
from webapp.texts import gettext as _
from webapp.texts import language

SIGNING = "/orang-saya/tanda-tangan"
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one person's signature."""

    case_id: int
    name: str
    is_signed: bool
    said: str


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(SIGNING)(show_signing)
    blueprint.post(SIGNING)(sign)


def show_signing() -> str:
    """Show whose evaluations can be signed, and how the units' predicates spread."""
    signing = _read()
    return _page(signing, _form(signing), frozenset(signing.team.to_sign))


def sign() -> tuple[str, int]:
    """Sign the chosen evaluations, each by a command of its own, and say of each what became of it."""
    signing, chosen = _read(), _chosen()
    form = _form(signing, request.form)
    is_good = form.validate()
    if not chosen:
        form.add_error(None, _("Pilih sedikitnya satu orang yang evaluasinya Anda tanda tangani."))
    if not (is_good and chosen) and any(case_id in signing.team.to_sign for case_id in chosen or signing.team.to_sign):
        return _page(signing, form, frozenset(chosen)), 422
    answers = {"justification": None, **form.typed_data()} if is_good else {}
    done = tuple(_sign_one(signing, case_id, token, answers) for case_id, token in chosen.items())
    return render_template("appraisal/signed.html", done=done), 200


def _read() -> Signing:
    alur, tenant = current_alur(), current_actor().tenant
    return ask(read_signing, alur.directory.city(tenant), alur.now_in(tenant).date(), read_asked(request.values))


def _form(signing: Signing, sent: MultiDict[str, str] | None = None) -> AlurForm:
    kind = JustifiedSignatureForm if signing.needs_reason else SignatureForm
    return kind(sent, language=language())


def _chosen() -> dict[int, int]:
    """Return the chosen tasks as case and token; what cannot be read is left out."""
    pairs = (value.partition(":") for value in request.form.getlist("sign")[:MOST_PEOPLE])
    return {int(case_id): int(token) for case_id, _colon, token in pairs if _is_id(case_id) and _is_id(token, 9)}


def _is_id(text: str, digits: int = 18) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits


def _sign_one(signing: Signing, case_id: int, token: int, answers: dict[str, object]) -> Signed:
    row = signing.team.to_sign.get(case_id)
    if row is None or row.token != token:
        return Signed(case_id, _name(signing, case_id), False, " ".join(gone_lines(case_id, token)))
    try:
        command = CompleteTask(case_id, token, answers)
        current_alur().engine.run(command, current_actor(), derived_key(case_id))
    except (Conflict, NotFound, Forbidden) as error:
        return Signed(case_id, row.name, False, " ".join(line for line in answer_to(error).lines if line))
    return Signed(case_id, row.name, True, _("Ditandatangani."))


def _name(signing: Signing, case_id: int) -> str:
    return next((row.name for row in signing.team.page.rows if row.case_id == case_id), "–")


def _page(signing: Signing, form: AlurForm, chosen: frozenset[int]) -> str:
    page = signing.team.page
    return render_template(
        "appraisal/signing.html",
        form=form,
        people=tuple(_people(signing)),
        chosen=chosen,
        spreads=[
            (item, bars_of(item), [tell(warning) for warning in item.spread.warnings]) for item in signing.spreads
        ],
        period=quarter_name(page.year, page.quarter) if page.year and page.quarter else "",
        switch=quarter_switch(page.quarters, to_sign=True),
        in_words=in_words,
        basis_in_words=basis_in_words,
        key=secrets.token_hex(KEY_BYTES),
    )


def _people(signing: Signing) -> Iterator[PersonRow]:
    yield from signing.team.to_sign.values()
