"""Values that hold from a day to a day: a new one ends the one before it, so that one value holds on each day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Span:
    """A value with its first and last day (both included); no last day means until further notice.

    :param id: of the stored row, None while it is new.
    """

    id: int | None
    first: date
    last: date | None
    value: Any
    is_changed: bool = False

    def covers(self, day: date) -> bool:
        """Say whether the value holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class SpanOverlap(ValueError):
    """A span with a fixed last day would reach into the next one, which starts on `other`."""

    def __init__(self, other: date) -> None:
        """Keep the first day of the next span."""
        super().__init__(str(other))
        self.other = other


@dataclass(slots=True)
class Timeline:
    """All spans of one owner, in order; spans never overlap."""

    spans: list[Span] = field(default_factory=list)

    def on(self, day: date) -> Span | None:
        """Return the span that holds on a day."""
        return next((span for span in reversed(self.spans) if span.covers(day)), None)

    def place(self, first: date, last: date | None, value: Any) -> Span | None:
        """Let a value hold from a day on; return the new or changed span, None if it held already.

        The span before ends the day before. Without a last day the value holds until the next span begins.

        :raise SpanOverlap: the last day lies in the next span.
        """
        later = next((span for span in self.spans if span.first > first), None)
        if later is not None and last is not None and last >= later.first:
            raise SpanOverlap(later.first)
        end = later.first - ONE_DAY if later is not None and last is None else last
        same = next((span for span in self.spans if span.first == first), None)
        if same is not None:
            return _change(same, end, value)
        holding = self.on(first)
        if holding is not None and holding.value == value and holding.last == end:
            return None
        if holding is not None:
            holding.last, holding.is_changed = first - ONE_DAY, True
        return self._add(Span(None, first, end, value, is_changed=True))

    def correct(self, first: date, value: Any, today: date) -> tuple[Span, ...]:
        """Let a value hold from a day on in the place of whatever began since then; return the spans that are gone.

        What was entered since that day was entered on a wrong basis. A span that begins after today is still to come:
        it was decided on its own, and begins as planned.
        """
        gone = tuple(span for span in self.spans if first < span.first <= today)
        self.spans = [span for span in self.spans if not first < span.first <= today]
        self.place(first, None, value)
        return gone

    def _add(self, span: Span) -> Span:
        self.spans.append(span)
        self.spans.sort(key=lambda item: item.first)
        return span


def _change(span: Span, last: date | None, value: Any) -> Span | None:
    if (span.last, span.value) == (last, value):
        return None
    span.last, span.value, span.is_changed = last, value, True
    return span


def changed_spans(timelines: Iterable[tuple[Any, Timeline]]) -> tuple[list[tuple[Any, Span]], list[tuple[Any, Span]]]:
    """Return the new and the changed stored spans with their owners."""
    changed = [(owner, span) for owner, line in timelines for span in line.spans if span.is_changed]
    return [item for item in changed if item[1].id is None], [item for item in changed if item[1].id is not None]
