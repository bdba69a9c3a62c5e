"""The page that lays two versions of a process beside each other, and the one that merges a version into a design."""

import secrets
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.commands.merge_design import MergeDesign
from engine.designs.finding import DesignClosed
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.security import FILE_POLICY
from webapp.studio.comparing.forms import choices_in, merge_form
from webapp.studio.comparing.reading import MergePage, read_comparison, read_diagram, read_merge
from webapp.studio.comparing.versions import DEFAULT, LONGEST_NUMBER, RELEASE
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.refusing import REFUSALS, tell_refusal
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.wiring import shipped_releases, shipped_scenarios

TAB = Tab(70, lazy("Bandingkan"), "studio.show_comparison")
COMPARE = f"{DESIGN}/bandingkan"
MERGE = f"{COMPARE}/gabung/<version>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(COMPARE)(show_comparison)
    blueprint.get(f"{COMPARE}/diagram/<version>")(show_compared_diagram)
    blueprint.get(MERGE)(show_merge)
    blueprint.post(MERGE)(merge_version)


def show_comparison(design_id: int) -> str:
    """Show what differs between two versions: by default between the release in force and the design."""
    asked = request.args.get("dengan", ""), request.args.get("versi", "")
    before = f"{RELEASE}{asked[0]}" if asked[0].isdigit() else asked[0]
    page = ask(read_comparison, current_alur(), design_id, before=before, after=asked[1])
    return render_template("studio/comparing_versions.html", design=page.design, page=page, language=language())


def show_compared_diagram(design_id: int, version: str) -> Response:
    """Send the diagram of a version."""
    response = make_response(ask(read_diagram, current_alur(), design_id, version))
    response.headers["Content-Type"] = "application/xml"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def show_merge(design_id: int, version: str) -> str:
    """Show what would be taken over from another version, and ask where both contradict each other."""
    page = ask(read_merge, current_alur(), design_id, key=version)
    return _page(page, version, merge_form(page.merged, page.name))


def merge_version(design_id: int, version: str) -> str | Answer | tuple[str, int]:
    """Merge another version into the design as it was chosen, or only show what would come of it."""
    try:
        page = ask(read_merge, current_alur(), design_id, key=version)
    except DesignClosed as closed:
        tell_refusal(closed)
        return redirect(url_for("studio.show_comparison", design_id=design_id), 303)
    form = merge_form(page.merged, page.name, request.form)
    is_valid = form.validate()
    choices = choices_in(form, page.merged) if is_valid else {}
    if not is_valid:
        return _page(page, version, form), 422
    if request.form.get("_do") == "lihat":
        return _page(ask(read_merge, current_alur(), design_id, key=version, choices=choices), version, form)
    try:
        run_command(_command(page, version, choices, request.form.get("seen", "")))
    except REFUSALS as refused:
        status = tell_refusal(refused)
        page = ask(read_merge, current_alur(), design_id, key=version)
        return _page(page, version, merge_form(page.merged, page.name, request.form)), status
    flash(
        _("Perubahannya sudah digabungkan ke dalam rancangan ini. Periksa dan uji kembali sebelum dirilis."), "success"
    )
    return redirect(url_for("studio.show_comparison", design_id=design_id), 303)


def _command(page: MergePage, version: str, choices: Any, seen: str) -> MergeDesign:
    process = page.design.process
    return MergeDesign(
        page.design.id,
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= LONGEST_NUMBER else 0,
        page.other.release_id,
        shipped_releases()[process] if version == DEFAULT else {},
        choices,
        shipped_scenarios(process),
    )


def _page(page: MergePage, version: str, form: AlurForm) -> str:
    return render_template(
        "studio/comparing_merge.html",
        design=page.design,
        page=page,
        merged_version=version,
        other=page.name,
        form=form,
        key=secrets.token_hex(KEY_BYTES),
        language=language(),
    )
