"""django-viewflow as a contender: signed-in people send its forms through Django's test client."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from tests.bench.measure import COMPLETION, START, Contender, Phase
from tests.bench.story import Story

CREATED = 302


class Person:
    """A signed-in person's browser."""

    def __init__(self, name: str) -> None:
        from django.contrib.auth.models import User
        from django.test import Client

        self._client = Client(enforce_csrf_checks=True)
        self._client.force_login(User.objects.get(username=name))
        self._token = ""

    def look(self, address: str) -> None:
        """Open a page with a form, which brings the token against forged requests."""
        response = self._client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"GET {address} answered {response.status_code}")
        self._token = self._client.cookies["csrftoken"].value

    def send(self, address: str, answers: Mapping[str, Any]) -> None:
        """Send the form of a page."""
        response = self._client.post(address, {**_words(answers), "csrfmiddlewaretoken": self._token})
        if response.status_code != CREATED:
            raise RuntimeError(f"POST {address} answered {response.status_code}: {response.content[-2000:]!r}")
        # The next page would show the message and take it back; here nobody opens it.
        self._client.cookies.pop("messages", None)


def _words(answers: Mapping[str, Any]) -> dict[str, str]:
    return {name: _word(value) for name, value in answers.items() if value is not False}


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def viewflow(story: Story) -> Contender:
    """Return django-viewflow carrying cases of the approval; what a browser opens before it sends is not timed."""
    from tests.bench.yardstick.flows import APPLICANT, APPROVER, ApprovalFlow

    people = {"submit": Person(APPLICANT), "approve": Person(APPROVER)}
    flow: Any = ApprovalFlow.instance
    start_address = flow.reverse("start:execute")

    def turn(cases: int) -> Iterator[Phase]:
        applicant = people["submit"]
        applicant.look(start_address)

        def start() -> None:
            for _ in range(cases):
                applicant.send(start_address, {})

        yield Phase(START, "start", cases, start)
        for step in story.steps:
            addresses = _waiting(step.element, cases)
            person = people[step.element]
            person.look(addresses[0])
            yield Phase(COMPLETION, step.element, cases, partial(_send_all, person, addresses, step.answers))

    return turn


def _waiting(element: str, cases: int) -> list[str]:
    from viewflow.workflow.models import Task

    from tests.bench.yardstick.flows import ApprovalFlow

    node = getattr(ApprovalFlow.instance, element)
    tasks = Task.objects.filter(flow_task=node, status="ASSIGNED").order_by("-id")[:cases]
    return [node.reverse("execute", args=[task.process_id, task.id]) for task in tasks]


def _send_all(person: Person, addresses: list[str], answers: Mapping[str, Any]) -> None:
    for address in addresses:
        person.send(address, answers)
