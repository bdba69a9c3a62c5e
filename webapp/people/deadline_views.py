"""Running deadlines after a new list of holidays: what would move, and having it moved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.commands.recount_all import RecountAll
from engine.deadlines import MovedStart
from engine.policy.actor import Actor
from engine.queries.deadlines import LOOKED_AT, ComingDeadline, ComingRecount, coming_recount
from webapp.current import ask, current_actor, current_alur, current_city, run_command
from webapp.texts import gettext as _
from webapp.texts import language, show_day, show_instant
from webapp.wiring import Alur

DEADLINES = "/impor/tenggat"
#: Cases that are named of those that move alike.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Moving:
    """Deadlines that move alike; `titles` are of their cases."""

    step: str
    before: str
    due: str
    is_earlier: bool
    titles: tuple[str, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(DEADLINES)(show_deadlines)
    blueprint.post(DEADLINES)(move_deadlines)


def show_deadlines() -> str:
    """Show which running deadlines the list of holidays would move; nothing is moved."""
    alur, after = current_alur(), request.args.get("setelah", 0, type=int)
    coming = ask(_read, alur, after)
    zone = alur.zone(current_actor().tenant)
    rows = (*_starting(coming.starts, zone), *_grouped(coming.moves, zone))
    return render_template(
        "people/deadlines.html", rows=rows, coming=coming, looked_at=LOOKED_AT, is_later=after > 0, shown=SHOWN
    )


def move_deadlines() -> Response:
    """Have all running deadlines counted again."""
    run_command(RecountAll())
    flash(_("Tenggat sedang dihitung ulang. Setiap orang yang tenggatnya berubah mendapat pemberitahuan."), "success")
    return redirect(url_for("people.show_import"), 303)


def _read(read: Any, actor: Actor, alur: Alur, after: int) -> ComingRecount:
    alur.engine.policy.require(actor, "deadline:recount", TenantSubject(actor.tenant), read)
    return coming_recount(read, actor, alur.directory, alur.clock(), after)


def _starting(starts: Iterable[MovedStart], zone: tzinfo) -> Iterator[Moving]:
    """Yield the processes that begin by themselves at another time."""
    for start in starts:
        process = _labelled(start.process_names) or start.process
        yield Moving(
            _labelled(start.names) or _("Mulai"),
            _shown(start.before, zone),
            _shown(start.due, zone),
            _is_earlier(start.before, start.due),
            (_("Kasus baru: %(process)s", process=process),),
        )


def _labelled(names: Mapping[str, str]) -> str:
    return names.get(language()) or names.get("id", "")


def _grouped(moves: Iterable[ComingDeadline], zone: tzinfo) -> Iterator[Moving]:
    """Yield what moves alike as one row: the same step, from the same day to the same day."""
    groups: dict[tuple[object, ...], list[ComingDeadline]] = {}
    for move in moves:
        groups.setdefault((move.process, *move.names.values(), move.before, move.due), []).append(move)
    for alike in sorted(groups.values(), key=len, reverse=True):
        first = alike[0]
        yield Moving(
            first.names[language()] or first.names["id"],
            _shown(first.before, zone),
            _shown(first.due, zone),
            _is_earlier(first.before, first.due),
            tuple(move.title for move in alike),
        )


def _shown(moment: date | datetime | None, zone: tzinfo) -> str:
    if isinstance(moment, datetime):
        return show_instant(moment, zone, label=current_city().zone_label)
    return show_day(moment)


def _is_earlier(before: Any, due: Any) -> bool:
    return before is not None and due is not None and due < before
