"""Sends the manual of a process as PDF: of the release in force, or of a design as it is."""

from datetime import datetime

from flask import Blueprint, Response, make_response
from werkzeug.exceptions import NotFound

from engine.bpmn.drawing import draw_diagram
from webapp.current import ask, current_alur, current_city
from webapp.studio.files.views import DESIGN
from webapp.studio.manual.content import Source, manual_of
from webapp.studio.manual.printing import print_manual
from webapp.studio.processes.reading import read_process
from webapp.studio.reading import current_design, read_release_files
from webapp.texts import gettext as _
from webapp.texts import language, show_instant

PROCESS = "/studio/proses/<process>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{PROCESS}/panduan.pdf")(send_manual)
    blueprint.get(f"{DESIGN}/panduan.pdf")(send_design_manual)


def send_manual(process: str) -> Response:
    """Send the manual of the release in force."""
    line = ask(read_process, current_alur(), process)[0]
    found = line.in_force
    if found is None:
        raise NotFound
    files = ask(read_release_files, current_alur(), found.id)
    standing = _("Rilis %(number)s, berlaku sejak %(when)s", number=found.number, when=_shown(found.since))
    return _answer(Source(files, standing, current_city().name), process)


def send_design_manual(design_id: int) -> Response:
    """Send the manual of a design as it is now."""
    design = current_design(design_id)
    standing = _("Rancangan, disimpan %(when)s; belum berlaku", when=_shown(design.saved_at))
    return _answer(Source(design.files, standing, current_city().name), design.process)


def _shown(instant: datetime) -> str:
    city = current_city()
    return show_instant(instant, current_alur().zone(city.code), label=city.zone_label)


def _answer(source: Source, process: str) -> Response:
    manual = manual_of(source, language())
    diagram = next(content for name, content in sorted(source.files.items()) if name.endswith(".bpmn"))
    picture = draw_diagram(diagram, language=language(), title=manual["title"])
    response = make_response(print_manual(manual, picture, current_alur().clock()))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="panduan-{process}.pdf"'
    return response
