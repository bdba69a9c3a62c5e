"""From a realisation to an achievement: four directions, a cap, a gate. Pure Decimal, no rounding."""

from __future__ import annotations

from decimal import Decimal

from processes.people.city import DEFAULT_CAP, Direction, Explanation, Gate, Indicator, Message, message

HUNDRED = Decimal(100)
RUBRIC: tuple[Decimal, ...] = (Decimal(50), Decimal(75), Decimal(100), Decimal(110), Decimal(120))

POSITIVE = ("harus punya target di atas 0", "needs a target above 0")
DIFFERENT = ("punya target yang sama dengan angka awal", "has its target equal to the baseline")

#: How each direction computes, as shown in the tree: R realised, T target, B baseline.
FORMULAS: dict[Direction, str] = {
    Direction.UP: "100 * R / T",
    Direction.DOWN: "100 * (2 - R / T)",
    Direction.IMPROVE: "100 * (R - B) / (T - B)",
    Direction.RUBRIC: "R = 1, 2, 3, 4, 5 -> 50, 75, 100, 110, 120",
}

GATE_FORMULA = "x < lower: floor; x >= upper: 1; else floor + (1 - floor) * (x - lower) / (upper - lower)"


def target_problem(indicator: Indicator) -> Message | None:
    """Return why the indicator's target cannot be scored; None if it can.

    A plan with such a target is refused (T = 0, T = B); a score that meets one anyway leaves the indicator out.
    """
    target, baseline = indicator.target, indicator.baseline
    if indicator.direction is Direction.RUBRIC:
        return None
    if target is None:
        return _problem("target_missing", indicator, "belum punya target", "has no target")
    if indicator.direction is not Direction.IMPROVE:
        wrong = target <= 0
        return _problem("target_not_positive", indicator, *POSITIVE) if wrong else None
    if baseline is None:
        return _problem("baseline_missing", indicator, "belum punya angka awal", "has no baseline")
    return _problem("target_equals_baseline", indicator, *DIFFERENT) if target == baseline else None


def raw_achievement(indicator: Indicator, realised: Decimal) -> Decimal:
    """Return the achievement before cap and gate; `target_problem(indicator)` must be None."""
    target, baseline = indicator.target or Decimal(0), indicator.baseline or Decimal(0)
    match indicator.direction:
        case Direction.UP:
            return HUNDRED * realised / target
        case Direction.DOWN:
            return HUNDRED * (2 - realised / target)
        case Direction.IMPROVE:
            return HUNDRED * (realised - baseline) / (target - baseline)
        case Direction.RUBRIC:
            return rubric_points(realised)


def rubric_points(level: Decimal) -> Decimal:
    """Return 50/75/100/110/120 for levels 1 to 5, straight lines between, the ends outside."""
    bounded = min(max(level, Decimal(1)), Decimal(len(RUBRIC)))
    lower = int(bounded)
    if lower == len(RUBRIC):
        return RUBRIC[-1]
    return RUBRIC[lower - 1] + (bounded - lower) * (RUBRIC[lower] - RUBRIC[lower - 1])


def gate_factor(gate: Gate, figure: Decimal) -> Decimal:
    """Return the factor 0..1 that the figure opens: `floor` below `lower`, 1 from `upper`, linear between."""
    if figure < gate.lower:
        return gate.floor
    if figure >= gate.upper:
        return Decimal(1)
    return gate.floor + (1 - gate.floor) * (figure - gate.lower) / (gate.upper - gate.lower)


def clamp(raw: Decimal, cap: Decimal = DEFAULT_CAP) -> Decimal:
    """Return `raw` within 0..cap."""
    return min(max(raw, Decimal(0)), cap)


def explain_achievement(
    indicator: Indicator, realised: Decimal, gate_figure: Decimal | None, children: tuple[Explanation, ...]
) -> tuple[Decimal, Explanation]:
    """Return the achievement after cap and gate, and how it came about.

    :param gate_figure: the number that opens the indicator's gate; ignored without a gate.
    """
    raw = raw_achievement(indicator, realised)
    nodes = [_explain_raw(indicator, realised, raw, children)]
    factor = Decimal(1)
    if indicator.gate is not None and gate_figure is not None:
        factor = gate_factor(indicator.gate, gate_figure)
        nodes.append(_explain_gate(indicator.gate, gate_figure, factor))
    value = clamp(raw, indicator.cap) * factor
    return value, Explanation(
        label_id="Capaian",
        label_en="Achievement",
        formula="min(max(raw, 0), cap) * gate",
        inputs={"raw": str(raw), "cap": str(indicator.cap), "gate": str(factor)},
        value=str(value),
        children=tuple(nodes),
    )


def _explain_raw(
    indicator: Indicator, realised: Decimal, raw: Decimal, children: tuple[Explanation, ...]
) -> Explanation:
    known = {"R": realised, "T": indicator.target, "B": indicator.baseline}
    formula = FORMULAS[indicator.direction]
    names = ("R",) if indicator.direction is Direction.RUBRIC else tuple(name for name in known if name in formula)
    return Explanation(
        label_id=f"Capaian sebelum batas ({indicator.direction})",
        label_en=f"Achievement before limits ({indicator.direction})",
        formula=formula,
        inputs={name: str(known[name]) for name in names},
        value=str(raw),
        children=children,
    )


def _explain_gate(gate: Gate, figure: Decimal, factor: Decimal) -> Explanation:
    return Explanation(
        label_id=f"Gerbang: {gate.figure}",
        label_en=f"Gate: {gate.figure}",
        formula=GATE_FORMULA,
        inputs={
            "x": str(figure),
            "lower": str(gate.lower),
            "upper": str(gate.upper),
            "floor": str(gate.floor),
        },
        value=str(factor),
    )


def _problem(code: str, indicator: Indicator, text_id: str, text_en: str) -> Message:
    return message(
        code,
        f"Indikator {{code}} {text_id}. Lengkapi di rencana kinerja.",
        f"Indicator {{code}} {text_en}. Please complete the plan.",
        code=indicator.code,
    )
