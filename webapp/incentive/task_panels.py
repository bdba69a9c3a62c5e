"""What stands beside the forms of allowances, so that a person can decide: sums and findings, or a disputed slip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.policy.rules import Policy
from engine.queries.task import TaskView
from processes.incentive.corrections import recorded_days, waiting_corrections
from processes.incentive.months import RunState, read_run
from processes.incentive.permissions import RULES
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.lines import explain, label
from processes.incentive.slips import StoredSlip, slip_of
from processes.incentive.variables import APPROVAL, DISPUTE, as_day, read_dispute, read_month
from processes.people.queries import find_employee, find_unit
from processes.people.queries.names import names_of
from processes.people.subjects import UnitSubject
from webapp.incentive.wording import Node, kind_in_words, money_of, node_of, rupiah
from webapp.task_forms import FormContext
from webapp.texts import gettext as _
from webapp.texts import language, show_day, show_month


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A unit's month for whoever checks, signs, verifies or pays it.

    :param said: what people of earlier steps wrote, with what it is.
    """

    unit: str
    unit_id: int
    month: str
    year: int
    number: int
    may_list: bool
    sums: tuple[tuple[str, str], ...]
    is_over: bool
    findings: tuple[tuple[str, str, bool], ...]
    waiting: int
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """A disputed slip: what the employee says, what the unit answered, and how the line came about.

    :param proposed: what the unit proposes for which day, beside what is recorded.
    """

    name: str
    unit: str
    month: str
    line: str
    reason: str
    answer: str
    answered: str
    proposed: tuple[tuple[str, str], ...]
    tree: tuple[Node, ...]
    files: tuple[Mapping[str, Any], ...]
    case_id: int
    person: int
    year: int
    number: int


def _read_month(context: FormContext, view: TaskView) -> MonthFacts:
    del view
    case = read_month(context.variables)
    run = read_run(context.read, context.tenant, case.unit, case.month)
    assert run is not None, "a month that waits for somebody has been computed"
    waiting = waiting_corrections(context.read, context.tenant, (case.unit,))
    return MonthFacts(
        find_unit(context.read, context.tenant, case.unit).name,
        case.unit,
        show_month(case.month),
        case.month.year,
        case.month.month,
        _may_list(context, case.unit),
        _sums(run),
        run.is_over_ceiling,
        _findings(context, run),
        len(waiting),
        tuple(_said(context.variables)),
    )


def _may_list(context: FormContext, unit_id: int) -> bool:
    """Say whether the link to the list leads somewhere: a head further up sees sums alone."""
    subject = UnitSubject(context.tenant, unit_id, context.today)
    return Policy(RULES).allows(context.actor, "allowance:list", subject, context.read)


def _sums(run: RunState) -> tuple[tuple[str, str], ...]:
    over = run.gross - run.ceiling if run.ceiling is not None else Decimal(0)
    return (
        (_("Pegawai"), str(run.people)),
        (_("TPP sebelum potongan lain"), rupiah(run.gross)),
        (_("Pajak, BPJS, dan iuran"), rupiah(run.deductions)),
        (_("Diterima pegawai"), rupiah(run.net)),
        (_("Pagu bulan ini"), rupiah(run.ceiling) if run.ceiling is not None else _("Belum dicatat")),
        *(((_("Melebihi pagu"), rupiah(over)),) if over > 0 else ()),
    )


def _findings(context: FormContext, run: RunState) -> tuple[tuple[str, str, bool], ...]:
    names = names_of(context.read, context.actor, (item.employee for item in run.findings))
    return tuple(
        (names.get(item.employee or 0, _("Unit")), item.text(language()), item.is_blocking) for item in run.findings
    )


def _said(variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    places = (
        (_("Penjelasan unit"), "check", "note"),
        (_("Keputusan pagu"), "ceiling_decision", "reason"),
        (_("Catatan SPTJM"), "statement", "note"),
        (_("Pengembalian BKPSDM"), "verification", "reason"),
        (_("Pengembalian bendahara"), "order", "reason"),
    )
    found = [(words, (variables.get(name) or {}).get(part)) for words, name, part in places]
    return [(words, str(text)) for words, text in found if text]


def _read_dispute(context: FormContext, view: TaskView) -> DisputeFacts:
    case, told = read_dispute(context.variables), context.variables["dispute"]
    slips = slip_of(context.read, context.tenant, case.employee, case.month)
    slip = next(item for item in slips if item.unit_id == case.unit)
    answer = context.variables.get("answer") or {}
    return DisputeFacts(
        find_employee(context.read, context.tenant, case.employee).name,
        find_unit(context.read, context.tenant, case.unit).name,
        show_month(case.month),
        _line_name(slip, told["line"]),
        told["reason"],
        answer.get("statement") or "",
        _answered(context),
        tuple(_proposed(context, case.employee, answer)),
        _tree(context, slip, told["line"]),
        tuple(answer.get("evidence") or ()),
        view.task.case.id,
        case.employee,
        case.month.year,
        case.month.month,
    )


def _answered(context: FormContext) -> str:
    done = context.variables.get("answered") or {}
    names = names_of(context.read, context.actor, (done.get("person"),))
    return names.get(done.get("person") or 0, "")


def _line_name(slip: StoredSlip, code: str) -> str:
    line = next((line for line in slip.lines if line.code == code), None)
    return label(line, language()) if line is not None else _("Slip secara keseluruhan")


def _tree(context: FormContext, slip: StoredSlip, code: str) -> tuple[Node, ...]:
    run = read_run(context.read, context.tenant, slip.unit_id, slip.month)
    basis = run.basis if run is not None and run.basis is not None else Basis(sets={})
    lines = [line for line in slip.lines if line.code == code] or list(slip.lines)
    return tuple(node_of(explain((line,), basis, language()).children[0], money_of(line)) for line in lines)


def _proposed(context: FormContext, person: int, answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    if answer.get("outcome") != "wrong":
        return []
    day: date = as_day(answer["day"])
    known = recorded_days(context.read, context.tenant, person, [day]).get(day)
    recorded = _("Belum ada catatan") if known is None else _day_words(known.kind, known.late, known.early)
    proposed = _day_words(answer["kind"], int(answer.get("late") or 0), int(answer.get("early") or 0))
    return [(_("Hari"), show_day(day)), (_("Tercatat"), recorded), (_("Usulan unit"), proposed)]


def _day_words(kind: str, late: int, early: int) -> str:
    more = [
        *([_("terlambat %(minutes)s menit", minutes=late)] if late else []),
        *([_("pulang %(minutes)s menit lebih awal", minutes=early)] if early else []),
    ]
    return ", ".join((kind_in_words(kind), *more))


READERS: Final[Mapping[tuple[str, str], Any]] = {
    (APPROVAL, "incentive_check"): _read_month,
    (APPROVAL, "incentive_ceiling"): _read_month,
    (APPROVAL, "incentive_statement"): _read_month,
    (APPROVAL, "incentive_verification"): _read_month,
    (APPROVAL, "incentive_order"): _read_month,
    (APPROVAL, "incentive_payment"): _read_month,
    (DISPUTE, "incentive_answer"): _read_dispute,
    (DISPUTE, "incentive.decide_dispute"): _read_dispute,
}
