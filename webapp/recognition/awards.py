"""The awards of a city: what takes nominations, what was published, what the reader has to do with it."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.queries.names import names_of
from processes.recognition.queries.nominations import (
    Decree,
    Nomination,
    decrees_of,
    my_nominations,
    nominations_of,
    published_awards,
    waiting_for_score,
)
from processes.recognition.queries.pages import Paged
from processes.recognition.queries.programs import Program, all_programs, find_program
from processes.recognition.queries.unit_awards import UnitAward, unit_awards
from webapp.current import ask
from webapp.recognition.addresses import AWARDS, ONE_PROGRAM, may, require, today
from webapp.recognition.turning import asked_page, turning_of
from webapp.recognition.wording import outcome_chip, points, reward_name, rule_name, rupiah, step_name

#: Columns of SIASN's rw-penghargaan.
_SIASN = ("nip", "tahun", "skNomor", "skDate", "hargaId", "namaPenghargaan")


@dataclass(frozen=True, slots=True)
class Awards:
    """What the page of awards is made of."""

    programs: Paged[Program]
    mine: tuple[Nomination, ...]
    to_score: tuple[Nomination, ...]
    published: Paged[Nomination]
    units: tuple[UnitAward, ...]
    may_open: bool


@dataclass(frozen=True, slots=True)
class SeenProgram:
    """An award as the reader sees it: who carries awards sees whom it is about."""

    program: Program
    panel: tuple[tuple[int, str], ...]
    nominations: Paged[Nomination] | None
    may_open: bool
    is_open: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(AWARDS)(show_awards)
    blueprint.get(ONE_PROGRAM)(show_program)
    blueprint.get(f"{AWARDS}/siasn/<int(min=2000, max=2100):year>")(export_decrees)


def show_awards() -> str:
    """Show the awards with what the reader has to do with them."""
    awards = ask(_read_awards, asked_page("program"), asked_page("halaman"))
    turns = {name: turning_of("recognition.show_awards", name) for name in ("program", "halaman")}
    return _page("recognition/awards.html", awards=awards, today=today(), turns=turns)


def show_program(program_id: int) -> str:
    """Show one award: its days, weights and panel, and to those who carry it, its nominations."""
    turn = turning_of("recognition.show_program", program_id=program_id)
    return _page("recognition/program.html", seen=ask(read_program, program_id, asked_page("halaman")), turn=turn)


def export_decrees(year: int) -> Response:
    """Send the awards of a year as SIASN wants them."""
    rows = ask(_read_decrees, year)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_SIASN)
    writer.writerows(_siasn_row(item) for item in rows)
    response = make_response(text.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="siasn-penghargaan-{year}.csv"'
    return response


def read_program(read: Any, actor: Actor, program_id: int, page: int = 1) -> SeenProgram:
    """Return an award as its page shows it.

    :raise NotFound: there is none with that id in the reader's city.
    """
    program = find_program(read, actor.tenant, program_id)
    may_open = may(read, actor, "program:open", program)
    names = names_of(read, actor, program.panel)
    panel = tuple((person, names.get(person, "–")) for person in program.panel)
    found = nominations_of(read, actor, program_id, page) if may_open else None
    return SeenProgram(program, panel, found, may_open, program.is_open(today()))


def _read_awards(read: Any, actor: Actor, programs: int, published: int) -> Awards:
    may_open = may(read, actor, "program:open", TenantSubject(actor.tenant))
    return Awards(
        all_programs(read, actor, programs),
        my_nominations(read, actor),
        waiting_for_score(read, actor),
        published_awards(read, actor, published),
        unit_awards(read, actor, also_open=may_open),
        may_open,
    )


def _read_decrees(read: Any, actor: Actor, year: int) -> tuple[Decree, ...]:
    require(read, actor, "program:export", TenantSubject(actor.tenant))
    return decrees_of(read, actor, year)


def _siasn_row(item: Decree) -> tuple[str, ...]:
    day = item.day
    return item.nip, str(day.year), item.number, f"{day:%d-%m-%Y}", item.siasn_code or "", item.award


def _page(template: str, **more: Any) -> str:
    words = {"outcome_chip": outcome_chip, "reward_name": reward_name, "rule_name": rule_name}
    return render_template(template, **words, rupiah=rupiah, step_name=step_name, points=points, **more)
