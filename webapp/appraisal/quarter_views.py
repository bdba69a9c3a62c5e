"""The quarters of the city: how far each is, its cases, and opening the next one."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
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
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, is_fragment, run_command
from webapp.searches import MARK, keep_words, kept_words
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
    blueprint.post(f"{QUARTER}/kasus")(search_cases)


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
    """Show the cases of a quarter by name, unit, step and delay."""
    # A name that an old address carries is not looked for: nothing here leads back to such an address.
    form = _filter_form({**request.args.to_dict(), "cari": kept_words()})
    return _cases_page(year, quarter, form, _chosen(form))


def search_cases(year: int, quarter: int) -> Response | str:
    """Lead to the cases whose names hold what was typed; by POST, because an address must not hold a name."""
    form = _filter_form(request.form)
    chosen = _chosen(form)
    page = _cases_page(year, quarter, form, chosen)
    if form["cari"].errors:
        return page
    place = url_for("appraisal.show_cases", **_here(year, quarter, chosen))
    if not is_fragment():
        return redirect(place, 303)
    answer = make_response(page)
    # Each pause while typing is a search: the way back does not lead through all of them.
    answer.headers["HX-Replace-Url" if "cari" in chosen else "HX-Push-Url"] = place
    return answer


def _filter_form(given: Mapping[str, str]) -> AlurForm:
    units, steps = ask(read_units, current_alur())
    return filter_form(units, _choices(steps))(MultiDict(given), language=language())


def _here(year: int, quarter: int, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters as an address carries them; of what was typed only the mark."""
    mark = keep_words(chosen.get("cari", ""))
    kept = {name: value for name, value in chosen.items() if name != "cari"}
    return {"year": year, "quarter": quarter, **kept, **({MARK: mark} if mark else {})}


def _cases_page(year: int, quarter: int, form: AlurForm, chosen: Mapping[str, str]) -> str:
    today = current_alur().now_in(current_actor().tenant).date()
    filters = CaseFilters(
        int(chosen["unit"]) if "unit" in chosen else None,
        chosen.get("langkah", ""),
        today if "terlambat" in chosen else None,
        chosen.get("cari", ""),
    )
    listed = ask(read_cases, year, quarter, filters=filters, after=_after())
    return render_template(
        "appraisal/cases.html",
        form=form,
        lines=case_lines(listed, today),
        name=quarter_name(year, quarter),
        here=_here(year, quarter, chosen),
        next=listed.page.next,
        is_first=_after() is None,
        only_reported=reads_reports_only(current_actor()),
    )


def _chosen(form: AlurForm) -> dict[str, str]:
    """Return the filters that were chosen and make sense."""
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
