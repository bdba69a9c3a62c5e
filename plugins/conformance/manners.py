"""Manners: nothing outside is reached, neither in the source nor while answering, and colours can be read."""

from plugins import purity
from plugins.conformance.subject import SEED, Subject, alike
from plugins.samples import random_requests
from processes.appraisal.rules import REALISATION, Text
from processes.people.city import CityError


def check_source(subject: Subject) -> list[Text]:
    """Find imports of anything but plugins.api, forms and harmless standard library, and calls that reach outside."""
    return purity.source_problems(subject.plugin)


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
                problems.append(alike(error.detail))
    return [*problems, *(alike(event) for event in dict.fromkeys(caught))]


def check_colours(subject: Subject) -> list[Text]:
    """Find the city's colours in which text could not be read, in light or in dark."""
    colours = subject.city.info.colours
    return [Text(f"sulit dibaca: {pair}", pair) for pair in (colours.unreadable() if colours is not None else ())]
