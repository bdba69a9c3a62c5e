"""The page that looks ahead: what a design would have done with the cases of the last months."""

from time import monotonic
from typing import Final

from flask import Blueprint, render_template, request

from engine.foresight.simulating import TookTooLong
from forms import AlurForm
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN
from webapp.studio.foresight.asking import asked_in, foresight_form, months_in, sections_of
from webapp.studio.foresight.looking import look_ahead
from webapp.studio.foresight.page import ForesightPage, foresight_page
from webapp.studio.foresight.reading import Basis, read_basis
from webapp.studio.frame import Tab
from webapp.texts import gettext as _
from webapp.texts import lazy

TAB = Tab(65, lazy("Perkiraan"), "studio.show_foresight")
FORESIGHT = f"{DESIGN}/perkiraan"
#: Somebody waits for the page: when so many seconds are over no other year is begun.
SECONDS: Final = 5.0
#: When so many are over in the first year, it is given up.
PATIENCE: Final = 20.0


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(FORESIGHT)(show_foresight)


def show_foresight(design_id: int) -> str | tuple[str, int]:
    """Show what is supposed and what was measured, and simulate if the address says so."""
    basis = ask(read_basis, current_alur(), design_id, months_in(request.args.get("masa_bulan", "")))
    if basis.outline is None or not basis.may_look or basis.history.is_cut:
        return _page(basis, None)
    if "hitung" not in request.args:
        return _page(basis, foresight_form(basis))
    form = foresight_form(basis, request.args)
    if not form.validate():
        return _page(basis, form), 422
    try:
        return _page(basis, form, _simulated(basis, form))
    except TookTooLong:
        form.add_error(None, _("Perhitungan ini terlalu lama. Pilih masa yang lebih pendek, atau periksa putarannya."))
        return _page(basis, form), 422


def _simulated(basis: Basis, form: AlurForm) -> ForesightPage:
    asked, begun = asked_in(form, basis), monotonic()
    look = look_ahead(
        basis,
        asked,
        is_enough=lambda share: monotonic() > begun + share * SECONDS,
        is_hopeless=lambda: monotonic() > begun + PATIENCE,
    )
    return foresight_page(basis, *look)


def _page(basis: Basis, form: AlurForm | None, result: ForesightPage | None = None) -> str:
    return render_template(
        "studio/foresight_page.html",
        design=basis.design,
        basis=basis,
        form=form,
        sections=sections_of(form) if form is not None else (),
        result=result,
    )
