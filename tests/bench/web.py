"""Alur as a contender over HTTP: signed-in people send its forms through Flask's test client."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Flask, redirect, request
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from tests.bench.city import CODE, City
from tests.bench.measure import COMPLETION, START, Contender, Phase
from tests.bench.ours import start_cases, take, waking
from tests.bench.story import APPROVAL, Step, Story
from tests.bench.world import Waiting
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.current import current_actor, current_alur, request_key

OK, SEE_OTHER = 200, 303
APPLICANT, APPROVER = 42, 41  # of one unit: the second heads it
FORM_COOKIE = "alur_form"
START_ROUTE = "/bench/start"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Refused(Exception):
    """The application did not take a form, so its figures would mean nothing."""


class Browser:
    """A signed-in person's browser."""

    def __init__(self, site: "Site", person: int) -> None:
        self.person = person
        self._client: FlaskClient = site.app.test_client()
        self._client.set_cookie(NAME, site.sign_in(person), path=f"/{CODE}")
        # Every form brings the token against forged requests; it lives as long as the browser's cookie.
        self._token = _TOKEN.findall(self.open("/akun"))[0]
        self._cookie = self._client.get_cookie(FORM_COOKIE, path=f"/{CODE}")

    def open(self, path: str) -> str:
        """Open a page and return its HTML."""
        response = self._client.get(f"/{CODE}{path}")
        if response.status_code != OK:
            raise Refused(f"GET {path} answered {response.status_code}")
        return response.text

    def look(self, path: str, words: Mapping[str, str]) -> str:
        """Look for words, which are sent like a form, and return the HTML of the page that answers them."""
        data = {**words, "csrf_token": self._token}
        response = self._client.post(f"/{CODE}{path}", data=data, follow_redirects=True)
        if response.status_code != OK:
            raise Refused(f"POST {path} answered {response.status_code}")
        return response.text

    def send(self, path: str, answers: Mapping[str, Any]) -> None:
        """Send the form of a page, with a key of its own as each page has."""
        hidden = {"csrf_token": self._token, "key": secrets.token_hex(16)}
        response = self._client.post(f"/{CODE}{path}", data={**words(answers), **hidden})
        if response.status_code != SEE_OTHER:
            raise Refused(f"POST {path} answered {response.status_code}: {response.text[-4000:]}")
        self._forget_messages()

    def _forget_messages(self) -> None:
        """Take back the message for the next page, as that page would; here nobody opens it."""
        if self._cookie is not None:
            self._client.set_cookie(FORM_COOKIE, self._cookie.value, path=f"/{CODE}")


def words(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return typed answers as a browser sends them."""
    return {name: _word(value) for name, value in answers.items() if value not in (None, False, [])}


def _word(value: Any) -> str:
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


class Site:
    """The web application over a city."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.app = create_app(city.alur)
        _add_start_route(self.app)
        self._browsers: dict[int, Browser] = {}

    def browser(self, person: int) -> Browser:
        """Return a person's browser; the person is signed in the first time."""
        if person not in self._browsers:
            self._browsers[person] = Browser(self, person)
        return self._browsers[person]

    def sign_in(self, person: int) -> str:
        """Make an account with a session, as the sign-in page does after it has checked the password."""
        row = {
            "id": person,
            "tenant": CODE,
            "employee_id": person,
            "fs_uniquifier": f"bench-{person}",
            "created_at": self.city.alur.clock(),
        }
        with self.city.alur.database.writing() as connection:
            connection.execute(account.insert(), row)
            return begin_session(connection, self.city.alur, CODE, person)


def _add_start_route(app: Flask) -> None:
    """Add a form that opens one approval: Alur opens quarters in bulk and has no page of that kind itself."""
    pages = Blueprint("bench", __name__)
    pages.post(START_ROUTE)(_start_approval)
    app.register_blueprint(pages)


def _start_approval() -> Response:
    person = current_actor().person or 0
    variables = {"applicant": person, "approver": APPROVER}
    key = request_key() or b""
    new = NewCase(key.hex(), person, request.form["title"], variables)
    receipt = current_alur().engine.run(StartCases(APPROVAL.process, (new,)), system_actor(CODE), key)
    return redirect(f"{request.script_root}/tugas/{receipt.subject}/1", SEE_OTHER)


def alur_on_the_web(site: Site) -> Contender:
    """Return Alur carrying the approval by forms; what a browser opens before it sends is not timed."""

    def turn(cases: int) -> Iterator[Phase]:
        applicant = site.browser(APPLICANT)

        def start() -> None:
            for _ in range(cases):
                applicant.send(START_ROUTE, {"title": "Pengadaan kursi"})

        yield Phase(START, "start", cases, start)
        for step in APPROVAL.steps:
            yield _sending(site, step, site.city.world.waiting(step.element, cases))

    return turn


def appraisal_on_the_web(site: Site, story: Story, new_cases: Iterator[NewCase]) -> Contender:
    """Return Alur carrying the shipped appraisal by its forms; cases are opened in one chunk, untimed."""

    def turn(cases: int) -> Iterator[Phase]:
        start_cases(site.city.world, story.process, take(new_cases, cases), cases)
        for step in story.steps:
            if step.is_human:
                yield _sending(site, step, site.city.world.waiting(step.element, cases))
            else:
                waking(site.city.world, step, site.city.world.awaited(cases))()

    return turn


def _sending(site: Site, step: Step, tasks: Sequence[Waiting]) -> Phase:
    for task in tasks:
        site.browser(task.assignee or 0)  # signs in
    return Phase(COMPLETION, step.element, len(tasks), _sender(site, step, tasks))


def _sender(site: Site, step: Step, tasks: Sequence[Waiting]) -> Callable[[], None]:
    def send() -> None:
        for task in tasks:
            site.browser(task.assignee or 0).send(address(task), step.answers)

    return send


def address(task: Waiting) -> str:
    """Return the path of a task's page inside the city."""
    return f"/tugas/{task.case_id}/{task.token}"
