"""Trying a table out with values, and which of its rules the scenarios fire."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from engine.calendar import WorkCalendar
from engine.dmn import Decision, DecisionTable
from engine.dmn.boxes import Input, Output
from engine.errors import NotFound
from engine.policy.actor import Actor
from forms import AlurForm
from webapp.current import ask, current_alur
from webapp.studio.tables.asking import Ask, asks_of, try_form, typed_values, values_of
from webapp.studio.tables.covering import Asked, play_all
from webapp.studio.tables.opening import TABLE, OpenTable, open_table
from webapp.studio.tables.trying import Tried, try_out
from webapp.texts import language
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class CoveredRule:
    """A rule, and which scenarios fire it.

    :param tests: what it asks for, by the titles of the columns. :param results: what it gives.
    """

    number: int
    tests: tuple[tuple[str, str], ...]
    results: tuple[tuple[str, str], ...]
    scenarios: tuple[str, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{TABLE}/coba")(show_trial)
    blueprint.post(f"{TABLE}/coba")(try_table)
    blueprint.get(f"{TABLE}/cakupan")(show_table_coverage)


def show_trial(design_id: int, name: str) -> str:
    """Show the fields for what a decision reads, filled in from a scenario if one is chosen."""
    opened = open_table(design_id, name)
    asks = asks_of(_need_decision(opened))
    chosen = _proposals(opened).get(request.args.get("skenario", ""))
    values = typed_values(asks, chosen) if chosen is not None else {}
    return _page(opened, asks, try_form(asks)(data=values, language=language()))


def try_table(design_id: int, name: str) -> str | tuple[str, int]:
    """Ask the decision with what was typed, and show which rules apply and what comes out."""
    opened = open_table(design_id, name)
    decision = _need_decision(opened)
    asks = asks_of(decision)
    form = try_form(asks)(request.form, language=language())
    now = current_alur().now_in(opened.design.tenant)
    values = values_of(form, asks, now) if form.validate() else None
    if values is None:
        return _page(opened, asks, form), 422
    return _page(opened, asks, form, try_out(decision, values, now, ask(_calendar, current_alur())))


def show_table_coverage(design_id: int, name: str) -> str:
    """Show which scenario fires which rule, and which rules none fires."""
    opened = open_table(design_id, name)
    decision = _need_decision(opened)
    asked = play_all(opened.design.files, current_alur().catalogue)
    rules = _covered(decision.logic, decision.id, asked) if isinstance(decision.logic, DecisionTable) else ()
    told = {"table": opened, "design": opened.design, "sheet": opened.sheet, "asked": asked, "rules": rules}
    return render_template("studio/tables_coverage.html", **told)


def _covered(table: DecisionTable, decision: str, asked: Asked) -> tuple[CoveredRule, ...]:
    """Return the rules of a table with the scenarios that fire each."""
    return tuple(
        CoveredRule(
            number,
            _by_title(table.inputs, rule.tests),
            _by_title(table.outputs, rule.results),
            asked.fired_by(decision, rule.id),
        )
        for number, rule in enumerate(table.rules, 1)
    )


def _by_title(columns: Sequence[Input | Output], cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what a rule says of each column, without those of which it says nothing."""
    return tuple(
        (column.title_in(language()), cell) for column, cell in zip(columns, cells, strict=True) if cell != "-"
    )


def _need_decision(opened: OpenTable) -> Decision:
    if opened.decision is None:
        raise NotFound(f"{opened.file.name} holds no decision.")
    return opened.decision


def _calendar(read: Any, actor: Actor, alur: Alur) -> WorkCalendar:
    """Return the working days of the city; which unit it would be about nobody says."""
    return alur.directory.calendar(read, actor.tenant, {})


def _proposals(opened: OpenTable) -> Any:
    asked = play_all(opened.design.files, current_alur().catalogue)
    return asked.values_for(_need_decision(opened).id)


def _page(opened: OpenTable, asks: list[Ask], form: AlurForm, tried: Tried | None = None) -> str:
    asked = play_all(opened.design.files, current_alur().catalogue)
    proposals = [(file, asked.names[file]) for file in asked.values_for(_need_decision(opened).id)]
    told = {"table": opened, "design": opened.design, "asks": asks, "form": form}
    return render_template("studio/tables_trial.html", **told, tried=tried, proposals=proposals)
