"""The indicator record: what is measured, in which direction, with which weight, and who enters its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from processes.people.city.plain import Plain

DEFAULT_CAP = Decimal(120)


class Aspect(StrEnum):
    """Aspect of a target (PermenPANRB 6/2022 Ps 9(2))."""

    QUANTITY = "kuantitas"
    QUALITY = "kualitas"
    TIME = "waktu"
    COST = "biaya"


class Perspective(StrEnum):
    """The four perspectives of a leader's plan (PermenPANRB 6/2022 annex II)."""

    SERVICE_RECIPIENTS = "penerima_layanan"
    BUSINESS_PROCESS = "proses_bisnis"
    INTERNAL_STRENGTH = "penguatan_internal"
    BUDGET = "anggaran"


class IndicatorKind(StrEnum):
    """Whether the indicator is a number or a judgement on a rubric."""

    QUANTITATIVE = "kuantitatif"
    QUALITATIVE = "kualitatif"


class Direction(StrEnum):
    """How a realisation becomes an achievement; see `processes.appraisal.rules.achievement`."""

    UP = "naik"
    DOWN = "turun"
    IMPROVE = "perbaikan"
    RUBRIC = "rubrik"


class IndicatorLevel(StrEnum):
    """Whose result the number is: the employee's, a counter's, the unit's or the regional office's."""

    EMPLOYEE = "pegawai"
    COUNTER = "loket"
    UNIT = "unit"
    OFFICE = "opd"


class Who(StrEnum):
    """Who enters a number."""

    EMPLOYEE = "employee"
    APPRAISER = "appraiser"
    UNIT = "unit"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureField(Plain):
    """One number somebody enters for an indicator, with its bounds; a flag is 1 for yes and 0 for no."""

    name: str
    label_id: str
    label_en: str
    who: Who
    unit: str = ""
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    decimals: int = 2
    is_flag: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Plain):
    """A factor 0..1 on the achievement: `floor` below `lower`, 1 from `upper` on, linear between.

    `figure` names the number that opens the gate, `reason` is what a person reads when it is not fully open.
    """

    figure: str
    lower: Decimal
    upper: Decimal
    floor: Decimal
    reason_id: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Plain):
    """One indicator of a position's set; the weights of a set sum to 100.

    `is_main` marks an *utama* indicator. `baseline` and `target` are the city's defaults: the employee's plan overrides
    them. `controllability_note` says how far one officer can move the number. `source` says in Indonesian where the
    numbers come from; `source_en` says it in English where a number comes from a system, for result pages name it.
    """

    code: str
    name_id: str
    name_en: str
    aspect: Aspect
    perspective: Perspective
    kind: IndicatorKind
    unit: str
    direction: Direction
    weight: Decimal
    is_main: bool
    source: str
    level: IndicatorLevel
    valid_from: date
    inputs: tuple[MeasureField, ...]
    baseline: Decimal | None = None
    target: Decimal | None = None
    cap: Decimal = DEFAULT_CAP
    gate: Gate | None = None
    evidence_kinds: tuple[str, ...] = ()
    valid_to: date | None = None
    controllability_note: str = ""
    source_en: str = ""

    def fields_for(self, who: Who) -> tuple[MeasureField, ...]:
        """Return the numbers that `who` enters."""
        return tuple(field for field in self.inputs if field.who is who)
