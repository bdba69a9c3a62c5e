"""Publishes a rule version: its name, dates and the hash of what it computes with."""

from __future__ import annotations

import hashlib
import inspect
from datetime import date
from types import ModuleType
from typing import Protocol

from processes.appraisal.rules import (
    ARITHMETIC_VERSION,
    Indicator,
    Period,
    PositionFacts,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
)
from processes.people.city import ParameterSet


class RuleVersion(Protocol):
    """What a module offers that holds one version of a city's rule."""

    @property
    def VERSION(self) -> str:  # noqa: N802  # a module constant, seen as a read-only member
        """Name of the version, such as `2025.1`."""
        ...

    @property
    def PARAMETERS(self) -> ParameterSet:  # noqa: N802  # a module constant, seen as a read-only member
        """The numbers the version computes with."""
        ...

    def indicators(self, position: PositionFacts, period: Period, /) -> tuple[Indicator, ...]:
        """Return the set of a position for a period."""
        ...

    def score(self, request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule, /) -> ScoreResult:
        """Return the score of a request."""
        ...


def publish_rule(
    rule_id: str, version: str, *modules: ModuleType, valid_from: date, valid_to: date | None = None
) -> ScoreRule:
    """Return the rule version whose content is the source of these modules and the shared arithmetic's version.

    A published module is never edited, not even its comments: copy it to a new one, because running cases are pinned
    to the hash.
    """
    digest = hashlib.sha256(f"arithmetic {ARITHMETIC_VERSION}".encode())
    for module in modules:
        digest.update(b"\0" + module.__name__.encode() + b"\0" + inspect.getsource(module).encode())
    return ScoreRule(
        id=rule_id, version=version, content_hash=digest.hexdigest(), valid_from=valid_from, valid_to=valid_to
    )
