"""Announce a vacant high leadership post, with weights that are fixed before anybody applies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Invalid
from engine.records.changes import Write, write
from processes.people.days import local_day
from processes.people.queries import calendar_of_unit, find_unit
from processes.promotion.parameters import SELECTION, SELECTION_PANEL, numbers_on
from processes.promotion.posts.holding import Post, find_post
from processes.promotion.selection.queries.vacant import vacant_posts
from processes.promotion.selection.ranking import Stage, WeightsRefused, check_weights
from processes.promotion.selection.records import selection
from processes.promotion.selection.variables import SELECTION_PROCESS, business_key, start_variables

LONGEST_DECREE = 120


class NotVacant(Invalid):
    """The post is no high leadership post, somebody holds it, or it is announced already."""

    code = "selection.not_vacant"


class TooShort(Invalid):
    """Applications would be open for fewer working days than the regulation asks for."""

    code = "selection.too_short"


class WrongWeights(Invalid):
    """A weight lies outside its bounds, or they do not make 100 together."""

    code = "selection.weights"


@dataclass(frozen=True, slots=True)
class OpenSelection:
    """Announce a post; the receipt's value is the case.

    :param closes_on: the last day on which one can apply.
    :param weights: in percent; nobody can change them afterwards.
    :param panel_decree: the decree by which the panel was formed.
    """

    post_id: int
    closes_on: date
    weights: Mapping[Stage, Decimal]
    panel_decree: str
    permission: ClassVar[str] = "selection:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Keep the announcement and begin the case.

        :raise NotFound: there is no such post in the city.
        :raise NotVacant: the post cannot be announced now.
        :raise TooShort: the last day comes too early.
        :raise WrongWeights: the weights are none that the regulation allows.
        """
        day = local_day(context, subject.tenant)
        post = find_post(context.read, subject.tenant, self.post_id)
        self._check(context, post, day)
        unit = find_unit(context.read, subject.tenant, post.unit_id)
        begun = start_variables(post.id, unit.id, self.closes_on, self.weights)
        case = NewCase(business_key(post.id, day), post.id, f"{post.name} · {unit.name}", begun)
        started = StartCases(SELECTION_PROCESS, (case,)).execute(context, subject)
        if not started.value:
            raise NotVacant("The post was announced today already.", post=post.id)
        (case_id,) = started.value
        # First: the stage that the case has begun with refers to it.
        return replace(
            started, writes=(self._row(context, subject.tenant, case_id, day), *started.writes), value=case_id
        )

    def _check(self, context: Context, post: Post, day: date) -> None:
        tenant, city = context.actor.tenant, context.directory.city(context.actor.tenant)
        if post.id not in {item.id for item in vacant_posts(context.read, tenant, day)}:
            raise NotVacant(f"Post {post.id} cannot be announced.", post=post.id)
        rules = numbers_on(context.read, tenant, SELECTION_PANEL, day, city)
        days = int(rules.values["least_days"])
        if self.closes_on < calendar_of_unit(context.read, tenant, post.unit_id).add_working_days(day, days):
            raise TooShort(f"Applications must be open for {days} working days.", days=days)
        try:
            check_weights(self.weights, numbers_on(context.read, tenant, SELECTION, day, city))
        except WeightsRefused as error:
            raise WrongWeights(str(error)) from error
        if not 0 < len(self.panel_decree.strip()) <= LONGEST_DECREE:
            raise Invalid("A panel is formed by a decree with a number.")

    def _row(self, context: Context, tenant: str, case_id: int, day: date) -> Write:
        weights: dict[str, Any] = {f"weight_{stage}": self.weights[stage] for stage in Stage}
        return write(
            selection.insert(),
            case_id=case_id,
            tenant=tenant,
            post_id=self.post_id,
            opened_on=day,
            closes_on=self.closes_on,
            **weights,
            panel_decree=self.panel_decree.strip(),
            opened_at=context.now,
            opened_by=context.actor.person,
        )
