"""The quarters of the city: how far each is, its cases, and opening the next one."""

import secrets
from collections.abc import Iterator
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from forms import AlurForm
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.permissions import reads_reports_only
from processes.appraisal.queries.cases import CaseFilters
from processes.people.records import Role
from webapp.appraisal.quarter_forms import OpenQuarterForm, filter_form, suggested
from webapp.appraisal.quarter_page import case_lines, quarter_parts, step_name
from webapp.appraisal.quarter_reading import (
    StepNames,
    count_appraised,
    read_cases,
    read_quarters,
    read_units,
    require_opening,
)
from webapp.appraisal.wording import quarter_name
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.texts import gettext as _
from webapp.texts import language

QUARTER = "/triwulan/<int(max=2099):year>/<int(min=1, max=4):quarter>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/triwulan")(show_quarters)
    blueprint.get("/triwulan/buka")(show_opening)
    blueprint.post("/triwulan/buka")(open_quarter)
    blueprint.get(f"{QUARTER}/kemajuan")(show_progress)
    blueprint.get(f"{QUARTER}/kasus")(show_cases)


def watches_quarters(actor: Actor) -> bool:
    """Show the quarters in the menu of those who watch over them."""
    roles = (Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.UNIT_HR_OFFICER, Role.PROCESS_OWNER)
    heads = (Role.AUTHORIZED_OFFICIAL, Role.APPOINTING_AUTHORITY)
    return any(actor.holds(role) for role in (*roles, *heads))


def show_quarters() -> str:
    """Show the quarters of the city with their progress."""
    quarters = ask(read_quarters, current_alur())
    return render_template("appraisal/quarters.html", quarters=quarter_parts(quarters), may=quarters)


def show_progress(year: int, quarter: int) -> str:
    """Show the progress of one quarter, as a piece that refreshes itself while cases are being opened."""
    parts = quarter_parts(ask(read_quarters, current_alur()))
    part = next((part for part in parts if (part.year, part.quarter) == (year, quarter)), None)
    if part is None:
        raise NotFound
    return render_template("appraisal/progress.html", part=part)


def show_opening() -> str:
    """Show the form that opens a quarter, and what will happen."""
    ask(require_opening, current_alur())
    today = current_alur().now_in(current_actor().tenant).date()
    return _opening_page(OpenQuarterForm(language=language(), data=suggested(today)), today)


def open_quarter() -> Response | str | tuple[str, int]:
    """Ask once more what will happen, then open the quarter."""
    alur = current_alur()
    quarters = ask(require_opening, alur)
    form = OpenQuarterForm(request.form, language=language())
    tenant = current_actor().tenant
    city, today = alur.directory.city(tenant), alur.now_in(tenant).date()
    if not (form.validate() and form.check_against(city, quarters.opened, today)):
        return _opening_page(form, today), 422
    if "confirmed" not in request.form:
        return _asking_page(form, today)
    run_command(OpenQuarter(int(form["year"].data), int(form["quarter"].data)))
    flash(_("Triwulan dibuka. Kasus sedang disiapkan di latar belakang; Anda boleh menutup halaman ini."), "success")
    return redirect(url_for("appraisal.show_quarters"), 303)


def show_cases(year: int, quarter: int) -> str:
    """Show the cases of a quarter by unit, step and delay."""
    units, steps = ask(read_units, current_alur())
    form = filter_form(units, _choices(steps))(request.args, language=language())
    today = current_alur().now_in(current_actor().tenant).date()
    chosen = _chosen(form)
    filters = CaseFilters(
        int(chosen["unit"]) if "unit" in chosen else None,
        chosen.get("langkah", ""),
        today if "terlambat" in chosen else None,
    )
    listed = ask(read_cases, year, quarter, filters=filters, after=_after())
    return render_template(
        "appraisal/cases.html",
        form=form,
        lines=case_lines(listed, today),
        name=quarter_name(year, quarter),
        here={"year": year, "quarter": quarter, **chosen},
        next=listed.page.next,
        is_first=_after() is None,
        only_reported=reads_reports_only(current_actor()),
    )


def _chosen(form: AlurForm) -> dict[str, str]:
    """Return the filters that were chosen and make sense, as an address carries them."""
    form.validate()
    good = {field.short_name: field.data for field in form.fields if field.data and not field.errors}
    return {name: "y" if value is True else str(value) for name, value in good.items()}


def _after() -> int | None:
    given = request.args.get("setelah", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


def _choices(steps: StepNames) -> Iterator[tuple[str, str]]:
    return ((element, step_name(element, steps)) for element in steps)


def _opening_page(form: OpenQuarterForm, today: date) -> str:
    return render_template("appraisal/open_quarter.html", form=form, today=today)


def _asking_page(form: OpenQuarterForm, today: date) -> str:
    year, quarter = int(form["year"].data), int(form["quarter"].data)
    employees, units = ask(count_appraised, year, quarter, today)
    return render_template(
        "appraisal/open_quarter_sure.html",
        form=form,
        today=today,
        name=quarter_name(year, quarter),
        employees=employees,
        units=units,
        key=secrets.token_hex(KEY_BYTES),
    )
