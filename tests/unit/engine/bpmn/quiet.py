"""Surroundings in which nothing happens by itself, and every service succeeds."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from engine.bpmn.hearing import Earlier
from engine.calendar import WorkCalendar


class Quiet:
    """A Monday morning in Jakarta; a service gives nothing."""

    now = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    zone: tzinfo = ZoneInfo("Asia/Jakarta")
    absent: frozenset[int] = frozenset()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return weekdays without holidays."""
        return WorkCalendar("test", frozenset(), 5)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Return nothing."""
        return None

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Say that nothing was sent before."""
        return None
