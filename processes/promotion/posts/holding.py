"""Who holds and held posts, who acts for the heads of units, and what is recorded of posts' analysis."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from processes.people.city import PositionLevel
from processes.people.queries.on_day import DAY, TENANT, AnyRow, AnySelect
from processes.people.records import HeadKind, employee, placement, post, unit_head
from processes.promotion.posts.ageing import Term
from processes.promotion.posts.need import AreaFactor, Duty
from processes.promotion.records import area_factor, job_analysis, job_duty


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a city."""

    id: int
    code: str
    name: str
    unit_id: int
    level: PositionLevel
    family: str
    job_class: int | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody in a post from a day to a day; without a last day he still holds it."""

    person: int
    name: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is recorded of a post's analysis in its newest year up to the one asked for."""

    year: int
    duties: tuple[Duty, ...] = ()
    factors: tuple[AreaFactor, ...] = ()
    approved: int | None = None
    decree: str | None = None


_posts: AnySelect = (
    select(post.c.id, post.c.code, post.c.name, post.c.unit_id, post.c.level, post.c.family, post.c.job_class)
    .where(post.c.tenant == TENANT)
    .order_by(post.c.job_class.desc(), post.c.name, post.c.id)
)
_post = _posts.where(post.c.id == bindparam("post_id"))
# Whoever has left service has left the post, whatever its placement says.
_tenures: AnySelect = (
    select(
        placement.c.post_id,
        placement.c.employee_id,
        employee.c.name,
        placement.c.valid_from,
        placement.c.valid_to,
        employee.c.active_to,
    )
    .join(employee, employee.c.id == placement.c.employee_id)
    .where(placement.c.tenant == TENANT, placement.c.post_id.is_not(None), placement.c.valid_from <= DAY)
    .order_by(placement.c.valid_from.desc(), employee.c.name)
)
_tenures_of = _tenures.where(placement.c.post_id == bindparam("post_id"))
_terms: AnySelect = (
    select(unit_head.c.unit_id, unit_head.c.employee_id, employee.c.name, unit_head.c.kind)
    .add_columns(unit_head.c.valid_from, unit_head.c.valid_to)
    .join(employee, employee.c.id == unit_head.c.employee_id)
    .where(unit_head.c.tenant == TENANT, unit_head.c.kind != HeadKind.DEFINITIVE.value, unit_head.c.valid_from <= DAY)
)
# The post from which a unit is headed is the one that its last definitive head held while he headed it.
_head_posts: AnySelect = (
    select(unit_head.c.unit_id, placement.c.post_id)
    .join(placement, placement.c.employee_id == unit_head.c.employee_id)
    .where(
        unit_head.c.tenant == TENANT,
        unit_head.c.kind == HeadKind.DEFINITIVE.value,
        unit_head.c.valid_from <= DAY,
        placement.c.unit_id == unit_head.c.unit_id,
        placement.c.post_id.is_not(None),
        placement.c.valid_from <= func.coalesce(unit_head.c.valid_to, DAY),
    )
    .order_by(unit_head.c.valid_from, placement.c.valid_from)
)


def all_posts(read: Connection, tenant: str) -> tuple[Post, ...]:
    """Return the posts of a city, the highest class first."""
    return tuple(_post_of(row) for row in read.execute(_posts, {"tenant": tenant}))


def find_post(read: Connection, tenant: str, post_id: int) -> Post:
    """Return a post of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_post, {"tenant": tenant, "post_id": post_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _post_of(row)


def tenures_of(read: Connection, tenant: str, post_id: int, day: date) -> tuple[Tenure, ...]:
    """Return who holds a post and who held it before, the newest first."""
    rows = read.execute(_tenures_of, {"tenant": tenant, "post_id": post_id, "day": day})
    return tuple(_tenure_of(row) for row in rows)


def ends_of(read: Connection, tenant: str, posts: Collection[int], day: date) -> dict[int, list[date | None]]:
    """Return on which days those who held some posts left them."""
    found: dict[int, list[date | None]] = {post_id: [] for post_id in posts}
    for row in read.execute(_tenures, {"tenant": tenant, "day": day}):
        if row.post_id in found:
            found[row.post_id].append(_tenure_of(row).last)
    return found


def unit_headed_from(read: Connection, tenant: str, post_id: int, day: date) -> int | None:
    """Return the unit that is headed from a post; None if it heads none."""
    posts = {row.unit_id: row.post_id for row in read.execute(_head_posts, {"tenant": tenant, "day": day})}
    return next((unit_id for unit_id, found in posts.items() if found == post_id), None)


def acting_terms(read: Connection, tenant: str, day: date) -> dict[int, list[Term]]:
    """Return the acting appointments that have begun, by the post of the unit's head."""
    posts = {row.unit_id: row.post_id for row in read.execute(_head_posts, {"tenant": tenant, "day": day})}
    found: dict[int, list[Term]] = {}
    for row in read.execute(_terms, {"tenant": tenant, "day": day}):
        if row.unit_id in posts:
            term = Term(row.employee_id, row.name, HeadKind(row.kind), row.valid_from, row.valid_to)
            found.setdefault(posts[row.unit_id], []).append(term)
    return found


def analyses(read: Connection, tenant: str, year: int, post_id: int | None = None) -> dict[int, Analysis]:
    """Return each post's newest analysis up to a year; what was decided and the duties are of the same year.

    :param post_id: of this post alone.
    """
    years: dict[tuple[int, int], _Year] = {}
    for table, add in ((job_duty, _Year.add_duty), (area_factor, _Year.add_factor), (job_analysis, _Year.decide)):
        statement = select(table).where(table.c.tenant == TENANT, table.c.year <= year)
        if post_id is not None:
            statement = statement.where(table.c.post_id == post_id)
        for row in read.execute(statement, {"tenant": tenant}):
            add(years.setdefault((row.post_id, row.year), _Year()), row)
    newest: dict[int, Analysis] = {}
    for (of_post, of_year), found in sorted(years.items()):
        newest[of_post] = found.close(of_year)
    return newest


@dataclass(slots=True)
class _Year:
    """Collects what three tables say of a post in a year."""

    duties: list[Duty] = field(default_factory=list)
    factors: list[AreaFactor] = field(default_factory=list)
    approved: int | None = None
    decree: str | None = None

    def add_duty(self, row: Any) -> None:
        self.duties.append(Duty(row.number, row.duty, row.product, row.volume, row.hours))

    def add_factor(self, row: Any) -> None:
        self.factors.append(AreaFactor(row.name, row.weight, row.reason))

    def decide(self, row: Any) -> None:
        self.approved, self.decree = row.approved, row.decree

    def close(self, year: int) -> Analysis:
        return Analysis(
            year, _ordered(self.duties, "number"), _ordered(self.factors, "name"), self.approved, self.decree
        )


def _ordered(items: Iterable[Any], name: str) -> tuple[Any, ...]:
    return tuple(sorted(items, key=lambda item: getattr(item, name)))


def _post_of(row: AnyRow) -> Post:
    return Post(row.id, row.code, row.name, row.unit_id, PositionLevel(row.level), row.family, row.job_class)


def _tenure_of(row: AnyRow) -> Tenure:
    ends = [day for day in (row.valid_to, row.active_to) if day is not None]
    return Tenure(row.employee_id, row.name, row.valid_from, min(ends, default=None))
