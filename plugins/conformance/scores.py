"""Scores: the same answer every time, for any input, in time, and never the wrong way round."""

import json
import time
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise
from statistics import median

from plugins.conformance.subject import SEED, Subject
from plugins.manager import connect
from plugins.samples import periods_of, plain_request, random_requests, with_number
from processes.appraisal.rules import PositionFacts, ScoreResult, Text, apply_targets, to_plain
from processes.people.city import CityError

RANDOM_INPUTS = 1000
HIGHEST_MILLISECONDS = 50


@dataclass(frozen=True, slots=True)
class Monotonic:
    """A promise: while this number rises, the value never falls (`rises`), or never rises."""

    position: PositionFacts
    code: str
    field: str
    rises: bool
    values: tuple[Decimal, ...]


def check_random(subject: Subject, count: int = RANDOM_INPUTS) -> list[Text]:
    """Find inputs that raise, leave 0..120, cannot be stored as JSON, or get another answer the second time."""
    problems: list[Text] = []
    for request in random_requests(subject.city, count, SEED):
        try:
            scored = subject.city.score(request)
            again = subject.city.score(request)
        except CityError as error:
            problems.append(
                Text(
                    f"{error.detail} untuk {json.dumps(to_plain(request))}",
                    f"{error.detail} for {json.dumps(to_plain(request))}",
                )
            )
            continue
        if scored != again:
            problems.append(
                Text(
                    f"jawaban kedua berbeda untuk {json.dumps(to_plain(request))}",
                    f"another answer the second time for {json.dumps(to_plain(request))}",
                )
            )
        if ScoreResult.from_plain(json.loads(json.dumps(scored.to_plain()))) != scored:
            problems.append(
                Text(
                    f"hasil berubah setelah disimpan, untuk {json.dumps(to_plain(request))}",
                    f"the result changes when stored, for {json.dumps(to_plain(request))}",
                )
            )
    return problems


def check_arguments(subject: Subject, count: int = 50) -> list[Text]:
    """Find calls that change the request they were given."""
    hooks = connect(subject.city.code, subject.plugin)
    problems: list[Text] = []
    for request in random_requests(subject.city, count, SEED + 1):
        rule = subject.city.rule(request.period.end)
        own = apply_targets(subject.city.indicators(request.position, request.period, rule), request.targets)
        before = to_plain(request)
        hooks.hook.asn_score(request=request, indicators=own, rule=rule)
        if to_plain(request) != before:
            problems.append(
                Text(
                    f"asn_score mengubah permintaannya {json.dumps(before)}",
                    f"asn_score changed its request {json.dumps(before)}",
                )
            )
    return problems


def check_speed(subject: Subject) -> list[Text]:
    """Find a city whose score takes more than 50 ms of CPU in the middle of twenty."""
    requests = list(islice(random_requests(subject.city, 20, SEED + 3), 20))
    spent: list[float] = []
    for request in requests:
        start = time.process_time()
        subject.city.score(request)
        spent.append((time.process_time() - start) * 1000)
    typical = median(spent)
    return (
        [Text(f"satu penghitungan memerlukan {typical:.0f} ms", f"a score takes {typical:.0f} ms")]
        if typical > HIGHEST_MILLISECONDS
        else []
    )


def check_monotonic(subject: Subject, promise: Monotonic) -> list[Text]:
    """Find where the value moves the wrong way while one number rises and all others stay."""
    rule = subject.city.info.rules[-1]
    base = plain_request(subject.city, promise.position, periods_of(rule)[0])
    values = [
        subject.city.score(with_number(base, promise.code, promise.field, number), rule).value or Decimal(0)
        for number in sorted(promise.values)
    ]
    wrong = [(one, two) for one, two in pairwise(values) if (two < one if promise.rises else two > one)]
    return [
        Text(
            f"{promise.code}.{promise.field}: nilai bergerak dari {one} ke {two}",
            f"{promise.code}.{promise.field}: the value goes from {one} to {two}",
        )
        for one, two in wrong
    ]
