"""Decrees of promotions: those that wait to be issued together, the batches, their print, and SIASN's file."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import AlreadyDone, Conflict, Forbidden
from engine.errors import NotFound as Unknown
from engine.policy.actor import Actor
from engine.queries.inbox import Filters, InboxRow, group_tasks, my_tasks
from forms import AlurForm, DateField, Required, Text
from processes.people.city import CityInfo
from processes.promotion.parameters import SIASN, numbers_on
from processes.promotion.periods import PromotionPeriod
from processes.promotion.queries.decrees import Batch, Decree, decree_batches, decrees_of
from processes.promotion.services.decreeing import decree_name
from processes.promotion.variables import PROMOTION_PROCESS
from webapp.current import ask, current_actor, current_alur
from webapp.promotion.rank_views import RANK_WORDS
from webapp.texts import gettext as _
from webapp.texts import language, ngettext
from webapp.wiring import Alur

BATCH = "/kenaikan-pangkat/sk/<int(max=2100):year>/<int(min=1, max=12):month>"
_ISSUE = "issue"
_KINDS_OF_CITIES = ("Kota", "Kabupaten")
_DAY = "%d-%m-%Y"
_FIELDS = (
    "nip",
    "golonganId",
    "golongan",
    "skNomor",
    "skTanggal",
    "tmtGolongan",
    "noPertekBkn",
    "tglPertekBkn",
    "jenisKPId",
    "masaKerjaGolonganTahun",
    "masaKerjaGolonganBulan",
    "idRefDokumen",
)


class IssueForm(AlurForm):
    """The day that the decrees of a batch bear."""

    decreed_on = DateField(Text("Tanggal SK", "Date of the decrees"), [Required()])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decree that waits for its number, and whose task it is."""

    row: InboxRow

    @property
    def key(self) -> str:
        """How the form names it."""
        return f"{self.row.case_id}-{self.row.token}"


@dataclass(frozen=True, slots=True)
class Decrees:
    """The batches there are, and what waits for the reader to issue it."""

    batches: tuple[Batch, ...]
    waiting: tuple[Waiting, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/kenaikan-pangkat/sk")(show_decrees)
    blueprint.post("/kenaikan-pangkat/sk")(issue)
    blueprint.get(BATCH)(show_batch)
    blueprint.get(f"{BATCH}/siasn.csv")(export_batch)


def show_decrees() -> str:
    """Show what waits to be issued, and the batches."""
    today = current_alur().now_in(current_actor().tenant).date()
    return _page(IssueForm(language=language(), data={"decreed_on": today}))


def issue() -> Response | tuple[str, int]:
    """Issue the chosen decrees one after the other; what somebody else has taken meanwhile is left alone."""
    today = current_alur().now_in(current_actor().tenant).date()
    form = IssueForm(request.form, language=language(), today=today)
    chosen = set(request.form.getlist("sk"))
    waiting = [item for item in ask(read_decrees, current_alur()).waiting if item.key in chosen]
    if not form.validate():
        return _page(form, chosen), 422
    day: date = form.typed_data()["decreed_on"]  # type: ignore[assignment]  # the field gives days
    if day > today:
        form.add_error("decreed_on", _("Tanggal SK tidak boleh di masa depan."))
    if not waiting:
        form.add_error(None, _("Pilih paling sedikit satu SK."))
    if form.error_summary():
        return _page(form, chosen), 422
    count = sum(_issue(item.row, day) for item in waiting)
    flash(ngettext("%(count)s SK terbit.", "%(count)s SK terbit.", count), "success")
    if count < len(waiting):
        flash(_("Sebagian tidak terbit: sudah diambil orang lain, atau bukan untuk Anda putuskan."), "warning")
    return redirect(url_for("promotion.show_decrees"), 303)


def show_batch(year: int, month: int) -> str:
    """Show the decrees of a period, one a sheet when they are printed."""
    period = PromotionPeriod(year, month)
    found = ask(read_batch, current_alur(), period.code)
    info = current_alur().directory.city(current_actor().tenant).info
    return render_template(
        "promotion/batch.html", period=period, decrees=found, head=_head(info), decree_name=decree_name, **RANK_WORDS
    )


def export_batch(year: int, month: int) -> Response:
    """Give the decrees of a period as the rows that SIASN takes as `rw-golongan`."""
    period = PromotionPeriod(year, month)
    found, codes = ask(read_batch, current_alur(), period.code), ask(read_codes, current_alur())
    answer = Response(siasn_file(found, codes), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="rw-golongan-{period.code}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read_decrees(read: Any, actor: Actor, alur: Alur) -> Decrees:
    """Return the batches of the city, and the decrees that wait for the reader.

    :raise NotFound: the reader may not see decrees.
    """
    alur.engine.policy.require(actor, "decree:view", TenantSubject(actor.tenant), read)
    filters = Filters(process=PROMOTION_PROCESS)
    rows = (*my_tasks(read, actor, filters).rows, *group_tasks(read, actor, filters).rows)
    waiting = tuple(Waiting(row) for row in rows if row.element == _ISSUE)
    return Decrees(decree_batches(read, actor.tenant), waiting)


def read_batch(read: Any, actor: Actor, alur: Alur, code: str) -> tuple[Decree, ...]:
    """Return the decrees of a period.

    :raise NotFound: there are none, or the reader may not see decrees.
    """
    alur.engine.policy.require(actor, "decree:view", TenantSubject(actor.tenant), read)
    found = decrees_of(read, actor.tenant, code)
    if not found:
        raise NotFound
    return found


def read_codes(read: Any, actor: Actor, alur: Alur) -> Mapping[str, Decimal]:
    """Return the codes under which SIASN knows grades, kinds of promotion and documents today."""
    day, city = alur.now_in(actor.tenant).date(), alur.directory.city(actor.tenant)
    return numbers_on(read, actor.tenant, SIASN, day, city).values


def siasn_file(decrees: Iterable[Decree], codes: Mapping[str, Decimal]) -> str:
    """Return decrees as CSV in the field names and codes of SIASN's `rw-golongan`, days as it writes them."""
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(_FIELDS)
    sheet.writerows(_siasn_rows(decrees, codes))
    return text.getvalue()


def _siasn_rows(decrees: Iterable[Decree], codes: Mapping[str, Decimal]) -> Iterator[tuple[str, ...]]:
    for one in decrees:
        years, months = divmod(one.service_months or 0, 12)
        yield (
            one.nip,
            str(codes[f"grade.{one.to_grade}"]),
            one.to_grade,
            decree_name(one.number, one.year),
            one.decreed_on.strftime(_DAY),
            one.effective_on.strftime(_DAY),
            one.approval_number,
            one.approval_on.strftime(_DAY),
            str(codes[f"kind.{one.route}"]),
            str(years),
            str(months),
            str(codes["document.rank_decree"]),
        )


def _issue(row: InboxRow, day: date) -> bool:
    """Take a task out of the queue and issue its decree; False if that is not for the reader, or was done."""
    engine, actor = current_alur().engine, current_actor()
    try:
        if not row.is_mine:
            engine.run(ClaimTask(row.case_id, row.token), actor)
        engine.run(CompleteTask(row.case_id, row.token, {"decreed_on": day}), actor)
    except (AlreadyDone, Conflict, Forbidden, Unknown):
        return False
    return True


def _page(form: AlurForm, chosen: Collection[str] | None = None) -> str:
    """Show the page; all that wait are chosen until somebody has chosen."""
    found = ask(read_decrees, current_alur())
    ticked = {item.key for item in found.waiting} if chosen is None else chosen
    return render_template(
        "promotion/decrees.html", found=found, form=form, ticked=ticked, period_of=_period_of, **RANK_WORDS
    )


def _head(info: CityInfo) -> str:
    """Return who signs, `Wali Kota Serang`: the title says already what the name of the city begins with."""
    title = info.head_label_en if language() == "en" else info.head_label_id
    kind, _space, place = info.name.partition(" ")
    return f"{title} {place if kind in _KINDS_OF_CITIES else info.name}"


def _period_of(code: str) -> PromotionPeriod:
    year, _dash, month = code.partition("-")
    return PromotionPeriod(int(year), int(month))
