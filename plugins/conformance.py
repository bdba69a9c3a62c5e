"""What every city must pass, as plain functions: the pytest kit and `alur plugin check` run the same ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice, pairwise
from statistics import median
from types import ModuleType

from plugins import purity
from plugins.manager import CityPlugin, connect
from plugins.samples import all_positions, periods_of, plain_request, random_requests, with_number
from processes.appraisal.rules import (
    RATING_INPUTS,
    REALISATION,
    Indicator,
    PositionFacts,
    ScoreResult,
    Severity,
    Text,
    apply_targets,
    to_plain,
)
from processes.people.city import CityError

RANDOM_INPUTS = 1000
SEED = 20_260_101
HIGHEST_MILLISECONDS = 50


@dataclass(frozen=True, slots=True)
class Monotonic:
    """A promise: while this number rises, the value never falls (`rises`), or never rises."""

    position: PositionFacts
    code: str
    field: str
    rises: bool
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The plugin under test: the module and the city connected from it."""

    plugin: ModuleType
    city: CityPlugin


Check = Callable[[Subject], list[Text]]


def check_source(subject: Subject) -> list[Text]:
    """Find imports of anything but plugins.api, forms and harmless standard library, and calls that reach outside."""
    return purity.source_problems(subject.plugin)


def check_sets(subject: Subject) -> list[Text]:
    """Find sets whose weights do not sum to 100, names missing in a language, and fields nobody could fill in."""
    problems: list[Text] = []
    seen: set[Indicator] = set()
    for rule in subject.city.info.rules:
        for position in all_positions(subject.city):
            for period in periods_of(rule):
                try:
                    seen.update(subject.city.indicators(position, period, rule))
                except CityError as error:
                    problems.append(_alike(f"{position}: {error.detail}"))
    return problems + [problem for indicator in seen for problem in _indicator_problems(indicator)]


def check_plans(subject: Subject) -> list[Text]:
    """Find position sets that the city's own plan rules refuse."""
    return [
        Text(
            *(
                f"{position.family} {position.level} {position.unit_kind}: {said}"
                for said in (finding.message.text_id, finding.message.text_en)
            )
        )
        for rule in subject.city.info.rules
        for position in all_positions(subject.city)
        for period in periods_of(rule)
        for finding in subject.city.check_plan(position, period, subject.city.indicators(position, period, rule))
        if finding.severity is Severity.ERROR
    ]


def check_forms(subject: Subject) -> list[Text]:
    """Find forms that forms/spec cannot build, and numbers of a person that no field asks for."""
    problems: list[Text] = []
    rule = subject.city.info.rules[-1]
    for position in all_positions(subject.city):
        own = subject.city.indicators(position, periods_of(rule)[0], rule)
        for task, who in ((REALISATION, "employee"), (RATING_INPUTS, "appraiser")):
            form = subject.city.form(task, position, periods_of(rule)[0], own)
            names = {field["name"] for field in form["fields"]} if form else set[str]()
            wanted = {f"{item.code}__{field.name}" for item in own for field in item.inputs if field.who == who}
            problems += [
                Text(
                    f"{task} untuk {position} tidak menanyakan {name}", f"{task} of {position} does not ask for {name}"
                )
                for name in sorted(wanted - names)
            ]
    return problems


def check_parameters(subject: Subject) -> list[Text]:
    """Find parameter sets without a source, ending before they begin, or overlapping another of the same key."""
    sets = connect(subject.city.code, subject.plugin).hook.asn_parameters()[0]
    problems = [
        Text(f"{item.key} {item.version} tidak menyebut sumber", f"{item.key} {item.version} names no source")
        for item in sets
        if not item.source.strip()
    ]
    problems += [
        Text(
            f"{item.key} {item.version} berakhir sebelum mulai berlaku",
            f"{item.key} {item.version} ends before it begins",
        )
        for item in sets
        if item.valid_to is not None and item.valid_to < item.valid_from
    ]
    return problems + [
        Text(
            f"{one.key}: versi {one.version} dan {other.version} berlaku pada hari yang sama",
            f"{one.key}: versions {one.version} and {other.version} are in force on the same day",
        )
        for one, other in combinations(sets, 2)
        if one.key == other.key and (one.in_force(other.valid_from) or other.in_force(one.valid_from))
    ]


def check_versions(subject: Subject) -> list[Text]:
    """Find published rule versions that cannot be scored by any more."""
    problems: list[Text] = []
    for rule in subject.city.info.rules:
        period = periods_of(rule)[0]
        request = plain_request(subject.city, next(all_positions(subject.city)), period)
        try:
            scored = subject.city.score(request, rule)
        except CityError as error:
            problems.append(_alike(f"{rule.version}: {error.detail}"))
        else:
            if scored.rule != rule:
                problems.append(
                    Text(
                        f"{rule.version}: dihitung oleh {scored.rule.version}",
                        f"{rule.version}: scored by {scored.rule.version}",
                    )
                )
    return problems


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


def check_colours(subject: Subject) -> list[Text]:
    """Find the city's colours in which text could not be read, in light or in dark."""
    colours = subject.city.info.colours
    return [Text(f"sulit dibaca: {pair}", pair) for pair in (colours.unreadable() if colours is not None else ())]


def check_outside(subject: Subject, count: int = 50) -> list[Text]:
    """Find files, network, subprocesses, clock and random numbers used while answering."""
    requests = list(random_requests(subject.city, count, SEED + 2))
    for request in requests:
        subject.city.score(request)
    problems: list[Text] = []
    with purity.watched() as caught:
        for request in requests:
            try:
                subject.city.score(request)
                subject.city.form(REALISATION, request.position, request.period)
                subject.city.parameters(request.period.end)
            except CityError as error:
                problems.append(_alike(error.detail))
    return [*problems, *(_alike(event) for event in dict.fromkeys(caught))]


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


#: Every check without arguments of its own, with what it finds in order, as a person reads it.
CHECKS: tuple[tuple[Text, Check], ...] = (
    (Text("Sumber kode tidak menjangkau keluar", "Source does not reach outside"), check_source),
    (Text("Bobot 100, nama dua bahasa", "Weights of 100, names in both languages"), check_sets),
    (Text("Set jabatan lolos aturan rencana", "Position sets pass the plan rules"), check_plans),
    (Text("Formulir dapat dibuat", "Forms can be built"), check_forms),
    (
        Text("Parameter bersumber dan tidak tumpang tindih", "Parameters have sources, no overlap"),
        check_parameters,
    ),
    (Text("Semua versi aturan dapat dipakai", "Every rule version works"), check_versions),
    (Text("1.000 masukan acak tidak menggagalkan", "1,000 random inputs never fail"), check_random),
    (Text("Warna kota terbaca", "The city's colours can be read"), check_colours),
    (Text("Masukan tidak diubah", "Arguments are not changed"), check_arguments),
    (Text("Tanpa berkas, jaringan, jam, acak", "No file, network, clock, random"), check_outside),
    (Text("Cukup cepat", "Fast enough"), check_speed),
)


def _alike(said: str) -> Text:
    """Return what a program said, a name or an event, which is the same in both languages."""
    return Text(said, said)


def _indicator_problems(indicator: Indicator) -> list[Text]:
    problems = [
        Text(f"{indicator.code}: {name} kosong", f"{indicator.code}: {name} is empty")
        for name in ("name_id", "name_en", "source", "controllability_note")
        if not getattr(indicator, name).strip()
    ]
    if not f"{indicator.code}__x".isidentifier():
        problems.append(
            Text(
                f"{indicator.code}: bukan nama dari huruf, angka dan garis bawah",
                f"{indicator.code}: not a name of letters, digits and underscores",
            )
        )
    if indicator.weight <= 0:
        problems.append(
            Text(f"{indicator.code}: bobot {indicator.weight}", f"{indicator.code}: weight {indicator.weight}")
        )
    for field in indicator.inputs:
        if not (field.label_id.strip() and field.label_en.strip() and field.name.isidentifier()):
            problems.append(
                Text(
                    f"{indicator.code}.{field.name}: perlu nama dan label dalam dua bahasa",
                    f"{indicator.code}.{field.name}: needs a name and labels in both languages",
                )
            )
    return problems
