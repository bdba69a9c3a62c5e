"""What a city says about itself: names, zone, position families, rule versions, parameters, findings on a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from processes.people.city.colours import Colours
from processes.people.city.plain import Plain
from processes.people.city.scores import ScoreRule
from processes.people.city.texts import Message


@dataclass(frozen=True, slots=True)
class Family(Plain):
    """A position family the city's rules tell apart; `general` is everybody else."""

    code: str
    name_id: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CityInfo(Plain):
    """A city's labels and the published versions of its rule.

    `head_label` is the appointing authority's title (Wali Kota or Bupati); `zone` an IANA time zone, `zone_label` its
    Indonesian abbreviation; `api` the version of `plugins.api` the plugin was written for; `colours` the city's own,
    None for those of Alur; `training_fields` are the fields by which it counts hours of training, in Indonesian.
    """

    code: str
    name: str
    government: str
    province: str
    head_label_id: str
    head_label_en: str
    zone: str
    zone_label: str
    families: tuple[Family, ...]
    rules: tuple[ScoreRule, ...]
    api: int = 1
    colours: Colours | None = None
    training_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSet(Plain):
    """Numbers a rule uses, valid between two dates (both included), with the regulation or decision they come from."""

    key: str
    version: str
    valid_from: date
    source: str
    values: Mapping[str, Decimal]
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the set applies on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Severity(StrEnum):
    """Whether a finding stops a plan or only warns."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding(Plain):
    """Something wrong with a plan, and with which indicator ('' for the plan as a whole)."""

    severity: Severity
    indicator: str
    message: Message
