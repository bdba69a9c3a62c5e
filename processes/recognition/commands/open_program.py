"""Open an award for nominations, with weights, panel money and days fixed before anybody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Final

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import write
from processes.recognition.records import award_program
from processes.recognition.rules import PROPOSING_RULES

CRITERIA: Final = ("performance", "conduct", "impact")
#: In every local formula of a decision performance weighs at least half.
LEAST_PERFORMANCE: Final = Decimal(50)
USUAL_WEIGHTS: Final[Mapping[str, Decimal]] = MappingProxyType(
    {"performance": Decimal(50), "conduct": Decimal(25), "impact": Decimal(25)}
)
_WHOLE = Decimal(100)


class WrongWeights(Invalid):
    """The weights do not add up to 100, or performance weighs less than half."""

    code = "award.weights"


class MoneyWithoutLine(Invalid):
    """There is prize money and no budget line from which it is paid."""

    code = "award.no_budget_line"


class WrongDays(Invalid):
    """Nominations would end before they begin."""

    code = "award.days"


@dataclass(frozen=True, slots=True)
class OpenProgram:
    """Add an award for which people can be nominated; the receipt's value is its id.

    :param weights: of performance, conduct and impact, in percent; they never change afterwards.
    :param amount: prize money in rupiah, None for none; `dpa_code` is the budget line that pays it.
    :param rule: name of the rule that may nominate by itself; None for people only.
    """

    name: str
    opens_on: date
    closes_on: date
    weights: Mapping[str, Decimal]
    siasn_code: str | None = None
    amount: Decimal | None = None
    dpa_code: str | None = None
    rule: str | None = None
    permission: ClassVar[str] = "program:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Add the row.

        :raise Invalid: weights, days, money or rule do not fit.
        """
        self._check()
        number = context.new_id()
        row = write(
            award_program.insert(),
            id=number,
            tenant=subject.tenant,
            name=self.name.strip(),
            siasn_code=self.siasn_code,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            weight_performance=self.weights["performance"],
            weight_conduct=self.weights["conduct"],
            weight_impact=self.weights["impact"],
            amount=self.amount,
            dpa_code=self.dpa_code,
            rule=self.rule,
            opened_at=context.now,
            opened_by=context.actor.person,
        )
        return Changes((row,), value=number)

    def _check(self) -> None:
        weights = [self.weights.get(name, Decimal(-1)) for name in CRITERIA]
        if min(weights) < 0 or sum(weights) != _WHOLE or weights[0] < LEAST_PERFORMANCE:
            raise WrongWeights()
        if self.closes_on < self.opens_on:
            raise WrongDays()
        if self.amount is not None and (self.amount <= 0 or not self.dpa_code):
            raise MoneyWithoutLine()
        if not self.name.strip() or (self.rule is not None and self.rule not in PROPOSING_RULES):
            raise Invalid("An award needs a name, and a rule that exists.")
