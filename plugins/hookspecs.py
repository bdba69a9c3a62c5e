"""Every place where a city may differ, in the order an appraisal meets them.

True of all of them: they are asked of one named city, never broadcast. They compute from their arguments alone: no
file, network, database, subprocess, clock or random number; the same arguments give the same answer; arguments are
not changed. They may be called at any time, in any order, from any thread, also inside a transaction. Returning None
means "as the national rules have it" unless the hook says otherwise. An exception or a wrong answer fails this one
question of this one city, with the reason recorded; wrappers are refused.
"""

# A specification has no body; its docstring is what counts.
# mypy: disable-error-code="empty-body"

from __future__ import annotations

import pluggy

from processes.appraisal.rules import Finding, Indicator, Period, PositionFacts, ScoreRequest, ScoreResult, ScoreRule
from processes.people.city import CityInfo, FormSpec, ParameterSet

PROJECT = "alur"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# ------------------------------------------------------------------------------------------------ start-up


@hookspec(firstresult=True)
def asn_city_info() -> CityInfo:
    """Say who the city is: its labels, zone, position families, and the published versions of its rule.

    Called once, when the plugin is loaded. Every city must answer: None, a code other than the entry point's, an
    unknown zone or an `api` this Alur does not speak makes the plugin unusable (it is listed as broken, start-up goes
    on). Without `rules` the national rule versions apply. A version that was ever published must stay in `rules`:
    running cases ask for exactly the version they started with.
    """
    ...


@hookspec
def asn_parameters() -> tuple[ParameterSet, ...] | None:
    """Give every parameter set the city has ever had, each with its dates and source.

    Called when somebody looks up the parameters of a day, or the method page is made. For each key the city's set in
    force on that day goes before the national one. Forbidden: two sets of one key in force on the same day, and values
    that depend on the day of the call. None means the national sets only.
    """
    ...


# ------------------------------------------------------------------------------------------------ planning


@hookspec(firstresult=True)
def asn_indicators(position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...] | None:
    """Give the indicator set of a position for a period, by one version of the rule.

    Called when a plan is made, a case is opened, a form is shown and a score is computed. The weights sum to 100 for
    every position and period, whatever family or unit kind; baseline and target are defaults the plan may replace.
    `rule` is one of the versions in `asn_city_info`. None means the national set.

    :param position: family, level and unit kind; never who holds the post.
    """
    ...


@hookspec
def asn_validate_plan(
    position: PositionFacts, period: Period, indicators: tuple[Indicator, ...]
) -> tuple[Finding, ...] | None:
    """Say what the city finds wrong with a plan, beyond what is wrong everywhere.

    Called when a plan is submitted or targets are imported, with the employee's indicators: targets and weights of the
    plan in place. National findings (weights, T = 0, T = B) come first and cannot be taken away. An error stops the
    plan, a warning asks for a reason. None means nothing to add.
    """
    ...


# ------------------------------------------------------------------------------------------------ realisation, rating


@hookspec(firstresult=True)
def asn_forms(task: str, position: PositionFacts, period: Period, indicators: tuple[Indicator, ...]) -> FormSpec | None:
    """Give the form of a task as plain data in the format of forms/spec: `{"version": 1, "fields": [...]}`.

    Called when a task page is shown and when what was typed is read, so equal arguments must give equal fields. Keys
    in use: `appraisal.realisation` (employee) and `appraisal.rating_inputs` (appraiser). Fields that carry numbers are
    named `<CODE>__<field>`; start from `standard_form` and add. Forbidden: HTML, classes, functions. None means the
    standard form made from the indicators.
    """
    ...


@hookspec(firstresult=True)
def asn_score(request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult | None:
    """Give the indicative value and the recommended ratings, with reasons, caps and the explanation tree.

    Called when the appraiser's recommendation is made, and again whenever somebody asks why. `indicators` are those of
    `asn_indicators` with the plan's targets in place. The value is unrounded and within 0..120; `rule` comes back in
    the result. Missing or odd numbers never raise: leave the indicator out with a reason. The predicate is not the
    city's to set: ratings are recommended, the appraiser decides. None means the national arithmetic.
    """
    ...
