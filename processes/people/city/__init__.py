"""What processes may ask of a city, and the plain frozen values that travel both ways.

It lives in `people` because every process may ask; the city plugins implement it through `plugins.manager`.
"""

from processes.people.city.colours import Colours
from processes.people.city.errors import CityError, CityFailed, CityUnavailable, RuleMismatch
from processes.people.city.indicators import (
    DEFAULT_CAP,
    Aspect,
    Direction,
    Gate,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    MeasureField,
    Perspective,
    Who,
)
from processes.people.city.info import CityInfo, Family, Finding, ParameterSet, Severity
from processes.people.city.plain import InvalidPlain, Plain, from_plain, to_plain
from processes.people.city.positions import (
    UNIT_KINDS,
    Period,
    PeriodKind,
    PositionFacts,
    PositionLevel,
    UnitKind,
)
from processes.people.city.protocol import City, FormSpec
from processes.people.city.ratings import CoreValue, OrgPredicate, Predicate, Rating, Recommendation
from processes.people.city.scores import (
    BehaviourMark,
    Cap,
    Explanation,
    Feedback,
    IndicatorScore,
    MeasureStatus,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Target,
)
from processes.people.city.texts import Message, Text, message, show_number

__all__ = [
    "DEFAULT_CAP",
    "UNIT_KINDS",
    "Aspect",
    "BehaviourMark",
    "Cap",
    "City",
    "CityError",
    "CityFailed",
    "CityInfo",
    "CityUnavailable",
    "Colours",
    "CoreValue",
    "Direction",
    "Explanation",
    "Family",
    "Feedback",
    "Finding",
    "FormSpec",
    "Gate",
    "Indicator",
    "IndicatorKind",
    "IndicatorLevel",
    "IndicatorScore",
    "InvalidPlain",
    "MeasureField",
    "MeasureStatus",
    "Message",
    "OrgPredicate",
    "ParameterSet",
    "Period",
    "PeriodKind",
    "Perspective",
    "Plain",
    "PositionFacts",
    "PositionLevel",
    "Predicate",
    "Rating",
    "Recommendation",
    "RuleMismatch",
    "ScoreRequest",
    "ScoreResult",
    "ScoreRule",
    "Severity",
    "Target",
    "Text",
    "UnitKind",
    "Who",
    "from_plain",
    "message",
    "show_number",
    "to_plain",
]
