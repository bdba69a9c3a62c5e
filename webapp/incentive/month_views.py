"""The month of the city and of each unit: opening it, how far it is, its list, what goes to the bank."""

import secrets
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import EngineError, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.incentive.commands.export_payments import ExportPayments
from processes.incentive.commands.open_month import OpenMonth
from processes.incentive.exporting import payment_csv, payment_workbook
from processes.people.records import Role
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.incentive.forms import OpenMonthForm, suggested
from webapp.incentive.month_reading import newest_month, read_month, require_opening
from webapp.incentive.slip_views import MONTH, UNIT, WORDS
from webapp.incentive.unit_reading import read_unit
from webapp.texts import gettext as _
from webapp.texts import language, text_for

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WATCHERS = (
    Role.HR_VERIFIER,
    Role.HR_HEAD,
    Role.INSPECTOR,
    Role.TREASURER,
    Role.UNIT_HR_OFFICER,
    Role.AUTHORIZED_OFFICIAL,
)


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/tpp")(show_newest)
    blueprint.get("/tpp/buka")(show_opening)
    blueprint.post("/tpp/buka")(open_month)
    blueprint.get(f"/tpp/{MONTH}")(show_month)
    blueprint.get(f"/tpp/{MONTH}/{UNIT}")(show_unit)
    blueprint.get(f"/tpp/{MONTH}/{UNIT}/bayar.<any(csv, xlsx):kind>")(export)


def watches_months(actor: Actor) -> bool:
    """Show the months in the menu of those who watch over them."""
    return any(actor.holds(role) for role in WATCHERS)


def show_newest() -> Response | str:
    """Lead to the newest month, or say how one is opened."""
    newest = ask(newest_month, current_alur())
    if newest is None:
        may_open = any(current_actor().holds(role) for role in (Role.HR_VERIFIER, Role.HR_HEAD))
        return render_template("incentive/no_month.html", may_open=may_open)
    return redirect(url_for("incentive.show_month", year=newest.year, month=newest.month), 303)


def show_month(year: int, month: int) -> str:
    """Show each unit's state, sums and who has to act."""
    page = ask(read_month, current_alur(), date(year, month, 1))
    return render_template("incentive/month.html", page=page, **WORDS)


def show_unit(year: int, month: int, unit: int) -> str:
    """Show a unit's list with findings and corrections."""
    page = ask(read_unit, current_alur(), unit, date(year, month, 1))
    return render_template("incentive/unit.html", page=page, **WORDS)


def export(year: int, month: int, unit: int, kind: str) -> Response:
    """Send the payment list of a locked month; that it was taken stands in the audit trail."""
    of = date(year, month, 1)
    rows = run_command(ExportPayments(unit, of)).value
    content = payment_csv(rows) if kind == "csv" else payment_workbook(rows, title=f"TPP {of:%Y-%m}")
    answer = Response(content, mimetype=MIMETYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="tpp-{of:%Y-%m}-{unit}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def show_opening() -> str:
    """Show the form that opens a month."""
    ask(require_opening, current_alur())
    today = current_alur().now_in(current_actor().tenant).date()
    return _opening_page(OpenMonthForm(language=language(), data=suggested(today)))


def open_month() -> Response | tuple[str, int]:
    """Open the month, or say why not."""
    ask(require_opening, current_alur())
    form = OpenMonthForm(request.form, language=language())
    if not form.validate():
        return _opening_page(form), 422
    year, month = int(form["year"].data), int(form["month"].data)
    try:
        run_command(OpenMonth(year, month))
    except Invalid as error:
        form.add_error("month", _why(error))
        return _opening_page(form), 422
    flash(
        _("Bulan dibuka. TPP setiap unit dihitung di latar belakang; muat ulang halaman ini untuk melihatnya."),
        "success",
    )
    return redirect(url_for("incentive.show_newest"), 303)


def _why(error: EngineError) -> str:
    return text_for(error.code, error.params, language())


def _opening_page(form: AlurForm) -> str:
    return render_template("incentive/open_month.html", form=form, key=secrets.token_hex(KEY_BYTES))
