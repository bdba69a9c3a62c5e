"""The filling of posts by the board: the list, one filling or one's own part in it, and its beginning."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from processes.promotion.board.commands.open_filling import OpenFilling
from processes.promotion.board.permissions import SEES_FILLINGS
from webapp.current import ask, current_alur, run_command
from webapp.promotion.board_reading import OwnFilling, read_filling, read_fillings
from webapp.promotion.board_words import (
    answer_words,
    explain_value,
    miss_words,
    percent,
    place_words,
    stage_words,
    stages_of,
    years_words,
)
from webapp.promotion.post_views import POST, number
from webapp.texts import gettext as _

FILLINGS = "/pengisian-jabatan"
FILLING = f"{FILLINGS}/<int(max=9223372036854775807):case_id>"
_OTHERS = "belum"
_WORDS: dict[str, Any] = {
    "answer_words": answer_words,
    "miss_words": miss_words,
    "percent": percent,
    "place_words": place_words,
    "stage_words": stage_words,
    "years_words": years_words,
}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(FILLINGS)(show_fillings)
    blueprint.get(FILLING)(show_filling)
    blueprint.post(f"{POST}/pengisian")(open_filling)


def sees_fillings(actor: Actor) -> bool:
    """Show the fillings in the menu of those who prepare, review, decide or audit them."""
    return any(actor.holds(role) for role in SEES_FILLINGS)


def show_fillings() -> str:
    """Show the fillings of the city, the running ones first."""
    found = ask(read_fillings, current_alur(), number("halaman") or 1)
    return render_template("promotion/fillings.html", found=found, page_url=_list_url, **_WORDS)


def show_filling(case_id: int) -> str:
    """Show one filling: to the board in full, to whoever was considered his own part."""
    is_eligible = request.args.get("tampil") != _OTHERS
    found = ask(read_filling, current_alur(), case_id, page=number("halaman") or 1, is_eligible=is_eligible)
    shown: dict[str, Any] = {"found": found, "row": found.row, "stages": stages_of(found.row)}
    if isinstance(found, OwnFilling):
        signed = found.row.signed
        tree = explain_value(found.own, signed) if signed is not None and found.own.total is not None else []
        return render_template("promotion/own_filling.html", tree=tree, **shown, **_WORDS)

    def page_url(page: int) -> str:
        return _filling_url(case_id, is_eligible=is_eligible, page=page)

    tab_urls = [_filling_url(case_id, is_eligible=choice) for choice in (True, False)]
    return render_template("promotion/filling.html", page_url=page_url, tab_urls=tab_urls, **shown, **_WORDS)


def open_filling(post: int) -> Response:
    """Begin to fill a post; the first task is to set the weights."""
    (case_id,) = run_command(OpenFilling(post)).value
    flash(_("Pengisian dibuka. Tetapkan bobotnya dari kotak tugas BKPSDM, sebelum nama dilihat."), "success")
    return redirect(url_for("promotion.show_filling", case_id=case_id), 303)


def _list_url(page: int) -> str:
    return url_for("promotion.show_fillings", halaman=page)


def _filling_url(case_id: int, *, is_eligible: bool, page: int | None = None) -> str:
    chosen = None if is_eligible else _OTHERS
    return url_for("promotion.show_filling", case_id=case_id, tampil=chosen, halaman=page)
