"""Indicator sets, plans and forms: what people are appraised by, and what they are asked."""

from plugins.conformance.subject import Subject, alike
from plugins.samples import all_positions, periods_of
from processes.appraisal.rules import RATING_INPUTS, REALISATION, Indicator, Severity, Text
from processes.people.city import CityError


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
                    problems.append(alike(f"{position}: {error.detail}"))
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
