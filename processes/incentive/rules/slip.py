"""A person's month as lines: the class's amounts, the predicate, attendance, measures, supplements and deductions.

TPP = total x [productivity x predicate x (1 - p) + discipline x (1 - min(1, p + assemblies))] x (1 - measure), where p
adds up what attendance takes (dossier 3.2). Everything is exact until a line that is paid is rounded to whole rupiah.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from processes.incentive.rules import basis as keys
from processes.incentive.rules.basis import Basis, ParameterMissing
from processes.incentive.rules.facts import Acting, MonthFacts, Stretch
from processes.incentive.rules.lines import Line
from processes.incentive.rules.rounding import product, quotient, rupiah, total

ONE = Decimal(1)
NOTHING = Decimal(0)
ASSEMBLY = "assembly"


@dataclass(frozen=True, slots=True)
class SlipLines:
    """What somebody gets, in whole rupiah: `gross` is what the unit spends, `net` what arrives."""

    lines: tuple[Line, ...]
    gross: Decimal
    deductions: Decimal
    net: Decimal


def compute_slip(facts: MonthFacts, basis: Basis) -> SlipLines:
    """Return the lines of a month.

    :raise ParameterMissing: a class, predicate or kind of absence has no number.
    """
    due = tuple(_due_lines(facts, basis))
    performance, share = _performance(facts, basis), _attendance(facts, basis)
    productivity = _part("productivity", due, (performance, share), basis)
    discipline = _part("discipline", due, (_with_assemblies(facts, share, basis),), basis)
    factor = total((_factor(productivity), _factor(discipline)))
    acting = tuple(_acting_line(item, facts, factor, basis) for item in facts.acting)
    earned = (productivity, discipline, *acting)
    paid = (*earned, *_sanction_lines(facts, earned, basis), *_adjustment_lines(facts))
    taken = tuple(Line(code="external", of=kind, amount=-amount) for kind, amount in sorted(facts.external.items()))
    gross = total(line.amount for line in paid)
    deductions = -total(line.amount for line in taken)
    return SlipLines((*paid, *taken), gross, deductions, gross - deductions)


def _due_lines(facts: MonthFacts, basis: Basis) -> Iterator[Line]:
    for stretch in facts.stretches:
        share = basis.number(keys.SERVICE, stretch.term)
        amounts = basis.amounts_of(stretch.job_class)
        if not amounts:
            raise ParameterMissing(keys.CLASSES, str(stretch.job_class))
        parameter = basis.version(keys.BASIC if "basic" in amounts else keys.CLASSES)
        for name, amount in amounts.items():
            part = product(share, stretch.days)
            due = quotient(product(amount, part), facts.workdays)
            yield Line(
                code=f"class.{name}",
                of=_stretch_words(stretch, facts.workdays, share),
                base=amount,
                factor=quotient(part, facts.workdays),
                amount=due,
                parameter=parameter,
            )


def _stretch_words(stretch: Stretch, workdays: int, share: Decimal) -> str:
    words = str(stretch.job_class)
    if stretch.days != workdays:
        words += f", {stretch.days}/{workdays}"
    return words if share == ONE else f"{words}, {stretch.term.upper()}"


def _performance(facts: MonthFacts, basis: Basis) -> Line:
    """Return the share that the predicate leaves, less what an appraiser loses who did not appraise."""
    name = (facts.predicate or "none").lower()
    rate = basis.number(keys.PREDICATE, name)
    parameter = basis.version(keys.PREDICATE)
    code = "predicate" if facts.predicate else "predicate.none"
    if not facts.not_appraised:
        return Line(code=code, of=facts.predicate or "", amount=rate, is_money=False, parameter=parameter)
    lost = basis.number(keys.PREDICATE, "not_appraised")
    less = Line(code="not_appraised", of=str(facts.not_appraised), amount=-lost, is_money=False, parameter=parameter)
    # The points come off the share: 100 % leaves 95 %, and nothing falls below zero.
    left = max(NOTHING, rate - lost)
    held = Line(code=code, of=facts.predicate or "", amount=rate, is_money=False, parameter=parameter)
    return Line(
        code=code, of=facts.predicate or "", amount=left, is_money=False, parameter=parameter, details=(held, less)
    )


def _attendance(facts: MonthFacts, basis: Basis) -> Line:
    """Return the share that attendance leaves: one less the sum of all days held against the person."""
    lines = tuple(_mark_line(facts, mark, basis) for mark in sorted(facts.marks) if mark != ASSEMBLY)
    held = tuple(line for line in lines if line.amount)
    lost = min(ONE, -total(line.amount for line in held))
    return Line(
        code="attendance",
        amount=ONE - lost,
        is_money=False,
        parameter=basis.version(keys.ATTENDANCE),
        details=held,
    )


def _mark_line(facts: MonthFacts, mark: str, basis: Basis) -> Line:
    key, name = (keys.LEAVE, mark.removeprefix("leave.")) if mark.startswith("leave.") else (keys.ATTENDANCE, mark)
    rate = basis.number(key, f"{name}.rate")
    days = facts.marks[mark]
    return Line(
        code=f"mark.{mark}",
        of=", ".join(map(str, days)),
        base=Decimal(len(days)),
        factor=rate,
        amount=-product(len(days), rate),
        is_money=False,
        parameter=basis.version(key),
    )


def _with_assemblies(facts: MonthFacts, share: Line, basis: Basis) -> Line:
    """Return what attendance leaves of the discipline part, where missed assemblies count as well."""
    if not facts.count(ASSEMBLY):
        return share
    missed = _mark_line(facts, ASSEMBLY, basis)
    left = max(NOTHING, share.amount + missed.amount)
    return Line(
        code="attendance",
        amount=left,
        is_money=False,
        parameter=share.parameter,
        details=(*share.details, missed),
    )


def _part(code: str, due: tuple[Line, ...], shares: tuple[Line, ...], basis: Basis) -> Line:
    """Return a paid part of what is due: its share by the split, times what predicate and attendance leave."""
    split = basis.number(keys.SPLIT, code)
    base = total(line.amount for line in due)
    factor = product(split, *(line.amount for line in shares))
    of_split = Line(code="split", amount=split, is_money=False, parameter=basis.version(keys.SPLIT))
    whole = Line(code="total", amount=base, details=due)
    return Line(
        code=code,
        base=base,
        factor=factor,
        amount=rupiah(product(base, factor)),
        parameter=basis.version(keys.SPLIT),
        details=(whole, of_split, *shares),
    )


def _factor(line: Line) -> Decimal:
    return line.factor if line.factor is not None else ONE


def _acting_line(acting: Acting, facts: MonthFacts, factor: Decimal, basis: Basis) -> Line:
    """Return the supplement of an acting head: a share of the other post's amounts, under the same performance."""
    amounts = basis.amounts_of(acting.job_class)
    if not amounts:
        raise ParameterMissing(keys.CLASSES, str(acting.job_class))
    share = quotient(product(basis.number(keys.SERVICE, "acting"), acting.days), facts.workdays)
    base = total(amounts.values())
    whole = product(share, factor)
    return Line(
        code="acting",
        of=str(acting.job_class),
        base=base,
        factor=whole,
        amount=rupiah(product(base, whole)),
        parameter=basis.version(keys.SERVICE),
    )


def _sanction_lines(facts: MonthFacts, earned: tuple[Line, ...], basis: Basis) -> Iterator[Line]:
    cut = basis.find(keys.SANCTION, facts.measure) if facts.measure else None
    if cut:
        base = total(line.amount for line in earned)
        parameter = basis.version(keys.SANCTION)
        yield Line(code="sanction", base=base, factor=-cut, amount=-rupiah(product(base, cut)), parameter=parameter)


def _adjustment_lines(facts: MonthFacts) -> Iterator[Line]:
    for item in facts.adjustments:
        yield Line(code="adjustment", of=f"{item.of_month:%m/%Y}", amount=item.amount)
