"""What a look beforehand at a move of cases has found so far, as frozen values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.counterparts import Pairs
from engine.bpmn.migrate import Verdict
from engine.bpmn.plan import Reason
from engine.errors import NotFound
from engine.moving.judging import Judged
from engine.moving.runs import NumberedRelease, release_by_id, unpack_mapping
from engine.records.migration import migration_look
from engine.records.packing import pack, unpack

#: How long it is kept: cases go on, and what was found about them is soon no longer true.
KEPT = timedelta(days=7)

_one_look = select(migration_look).where(
    migration_look.c.tenant == bindparam("tenant"), migration_look.c.id == bindparam("look")
)


@dataclass(frozen=True, slots=True)
class Findings:
    """How many cases would be what, and how often which reason and remark was given."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)
    remarks: Counter[Reason] = field(default_factory=Counter)

    def with_more(self, judged: Iterable[Judged]) -> "Findings":
        """Return the figures with some more cases."""
        moves = [item.moved for item in judged]
        return Findings(
            self.counts + Counter(item.verdict for item in moves),
            self.reasons + Counter(reason for item in moves for reason in item.reasons),
            self.remarks + Counter(remark for item in moves for remark in item.remarks),
        )

    def packed(self) -> bytes:
        """Return the figures as a stored value."""
        counts = {str(verdict): count for verdict, count in self.counts.items()}
        return pack([counts, _plain(self.reasons), _plain(self.remarks)])


def _plain(said: Counter[Reason]) -> list[list[Any]]:
    return [[reason.code, reason.element, reason.target, count] for reason, count in said.items()]


def _findings(content: bytes) -> Findings:
    counts, reasons, remarks = cast("tuple[dict[str, int], list[Any], list[Any]]", unpack(content))
    return Findings(Counter({Verdict(name): count for name, count in counts.items()}), _said(reasons), _said(remarks))


def _said(plain: list[Any]) -> Counter[Reason]:
    return Counter({Reason(*said): count for *said, count in plain})


@dataclass(frozen=True, slots=True)
class Look:
    """A look at what a move would do.

    :param running: cases that there were on the old release when it began.
    :param reached: the last case that was looked at.
    :param ended_at: None while there may be more.
    """

    id: int
    tenant: str
    old: NumberedRelease
    new: NumberedRelease
    pairs: Pairs
    values: Mapping[str, str]
    begun_at: datetime
    running: int
    reached: int
    ended_at: datetime | None
    findings: Findings


def find_look(read: Connection, tenant: str, identifier: int) -> Look:
    """Return a look of a city.

    :raise NotFound: there is none with that number.
    """
    row = read.execute(_one_look, {"tenant": tenant, "look": identifier}).one_or_none()
    if row is None:
        raise NotFound()
    return Look(
        row.id,
        row.tenant,
        release_by_id(read, tenant, row.old_release),
        release_by_id(read, tenant, row.new_release),
        *unpack_mapping(row.mapping),
        row.begun_at,
        row.running,
        row.reached,
        row.ended_at,
        _findings(row.found),
    )
