"""Parameters and rule versions: each has a source, its own time, and goes on working."""

from itertools import combinations

from plugins.conformance.subject import Subject, alike
from plugins.manager import connect
from plugins.samples import all_positions, periods_of, plain_request
from processes.appraisal.rules import Text
from processes.incentive.rules.basis import wrong_sets
from processes.incentive.rules.findings import REASONS
from processes.people.city import CityError


def check_parameters(subject: Subject) -> list[Text]:
    """Find parameter sets without a source or with impossible times or numbers, or overlapping another of their key."""
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
    problems += [
        Text(f"{key}: {REASONS[code][0]}", f"{key}: {REASONS[code][1]}")
        for item in sets
        for key, code in wrong_sets({item.key: item})
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
            problems.append(alike(f"{rule.version}: {error.detail}"))
        else:
            if scored.rule != rule:
                problems.append(
                    Text(
                        f"{rule.version}: dihitung oleh {scored.rule.version}",
                        f"{rule.version}: scored by {scored.rule.version}",
                    )
                )
    return problems
