"""The pages of reports: spending beside service, fairness, the best service, all trainings, deviations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for

from engine.policy.actor import Actor
from processes.people.records import Role
from processes.reports.quarters import Quarter
from processes.reports.queries.fairness import COLUMNS
from webapp.current import ask, current_alur
from webapp.navigation import NavItem
from webapp.reports import periods, reading, sheets, wording
from webapp.texts import lazy

HOME: Final = "/laporan"
#: Rows of the ranking on a page.
PAGE: Final = 50

blueprint = Blueprint("reports", __name__)
#: Who reads more than figures of units; those everybody finds beside the awards.
READERS: Final = (
    Role.HR_VERIFIER,
    Role.HR_HEAD,
    Role.INSPECTOR,
    Role.TREASURER,
    Role.AUTHORIZED_OFFICIAL,
    Role.APPOINTING_AUTHORITY,
)


def reads_reports(actor: Actor) -> bool:
    """Show the reports in the menu of those who answer for the whole city."""
    return any(actor.holds(role) for role in READERS)


NAVIGATION = (NavItem(lazy("Laporan"), "reports.show_index", 830, shown=reads_reports, in_account=True),)


@blueprint.get(HOME)
def show_index() -> str:
    """Show which reports there are for the reader."""
    return render_template("reports/index.html", may=ask(reading.may_read, current_alur()))


@blueprint.get(f"{HOME}/tpp-ikm")
def show_spending() -> str:
    """Show spending on allowances beside the satisfaction index of each agency."""
    quarter = periods.asked_quarter(_newest_paid)
    report = ask(reading.read_spending, current_alur(), quarter)
    return _quarter_page("spending", quarter, report=report)


@blueprint.get(f"{HOME}/kesetaraan")
def show_fairness() -> str:
    """Show predicates and allowances group by group."""
    quarter = periods.asked_quarter(_newest_paid)
    tables = ask(reading.read_fairness, current_alur(), quarter)
    names = [wording.predicate_name(column) for column in COLUMNS]
    return _quarter_page("fairness", quarter, tables=tables, names=names)


@blueprint.get(f"{HOME}/hubungan")
def show_relation() -> str:
    """Show how far predicates and allowances go together."""
    quarter = periods.asked_quarter(_newest_paid)
    return _quarter_page("relation", quarter, report=ask(reading.read_relation, current_alur(), quarter))


@blueprint.get(f"{HOME}/layanan")
def show_service() -> str:
    """Show the units by their satisfaction index."""
    quarter = periods.asked_quarter()
    seen = ask(reading.read_service, current_alur(), quarter)
    pages = max(1, -(-len(seen.rows) // PAGE))
    page = min(max(request.args.get("halaman", 1, type=int), 1), pages)
    rows = seen.rows[(page - 1) * PAGE : page * PAGE]

    def url_for_page(number: int) -> str:
        return url_for("reports.show_service", **periods.named(quarter), halaman=number)

    return _quarter_page("service", quarter, seen=seen, rows=rows, page=page, pages=pages, url_for_page=url_for_page)


@blueprint.get(f"{HOME}/pelatihan")
def show_training() -> str:
    """Show the trainings of a year side by side."""
    year = periods.asked_year()
    report = ask(reading.read_training, current_alur(), year)
    return _page("training", year=year, turns=periods.year_turns("reports.show_training", year), report=report)


@blueprint.get(f"{HOME}/peringkat")
def show_deviations() -> str:
    """Show the appointments in which the first place was not taken."""
    return _page("deviations", report=ask(reading.read_deviations, current_alur()))


@blueprint.get(f"{HOME}/<any(tpp_ikm, kesetaraan, hubungan, layanan, pelatihan, peringkat):report>.csv")
def export(report: str) -> Response:
    """Send a report as a sheet."""
    name, rows = _SHEETS[report]()
    answer = make_response(sheets.sheet_csv(rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _newest_paid() -> Quarter | None:
    return ask(reading.newest_paid)


Sheet = tuple[str, Iterable[sheets.Row]]


def _of_quarter(report: str, read: Callable[..., Any], sheet: Callable[..., Iterable[sheets.Row]]) -> Sheet:
    quarter = periods.asked_quarter(_newest_paid)
    return f"{report}-{quarter.year}-{quarter.quarter}", sheet(ask(read, current_alur(), quarter))


def _spending() -> Sheet:
    return _of_quarter("tpp-ikm", reading.read_spending, sheets.spending_sheet)


def _fairness() -> Sheet:
    return _of_quarter("kesetaraan", reading.read_fairness, sheets.fairness_sheet)


def _relation() -> Sheet:
    return _of_quarter("hubungan", reading.read_relation, sheets.relation_sheet)


def _service() -> Sheet:
    quarter = periods.asked_quarter()
    seen = ask(reading.read_service, current_alur(), quarter)
    return f"layanan-{quarter.year}-{quarter.quarter}", sheets.service_sheet(seen.rows)


def _training() -> Sheet:
    year = periods.asked_year()
    return f"pelatihan-{year}", sheets.training_sheet(ask(reading.read_training, current_alur(), year))


def _deviations() -> Sheet:
    return "peringkat", sheets.deviation_sheet(ask(reading.read_deviations, current_alur()))


_SHEETS: Final[Mapping[str, Callable[[], Sheet]]] = {
    "tpp_ikm": _spending,
    "kesetaraan": _fairness,
    "hubungan": _relation,
    "layanan": _service,
    "pelatihan": _training,
    "peringkat": _deviations,
}


def _quarter_page(template: str, quarter: Quarter, **more: Any) -> str:
    turns = periods.quarter_turns(f"reports.show_{template}", quarter)
    when = periods.named(quarter)
    return _page(template, quarter=quarter, period=periods.quarter_name(quarter), when=when, turns=turns, **more)


def _page(template: str, **more: Any) -> str:
    least = ask(reading.least_people, current_alur())
    return render_template(f"reports/{template}.html", words=wording, least=least, **more)
