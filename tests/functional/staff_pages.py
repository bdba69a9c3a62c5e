"""A city hall with its web application: people who are signed in, and pages read the way a browser reads them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from engine.records.tenant import tenant
from processes.appraisal.definitions import PROCESSES, release_files
from tests.cities import cities_of
from tests.postgresql import address_in
from tests.processes.city_hall import AFTER_THE_QUARTER, CityHall, people_the_hall
from tests.processes.office import CITY, MINUTE
from tests.sqlite import open_database
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.wiring import Alur, Settings, build
from webapp.wiring.parts import import_records

ROOT = f"/{CITY}"


@dataclass
class Page:
    """An answer of the application."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def tree(self) -> Any:
        return html.fromstring(self.response.get_data(as_text=True) or "<p></p>")

    @property
    def text(self) -> str:
        """The words of the page, without scripts, spaces as one."""
        return " ".join(self.tree.xpath("string(//main)").split())

    @property
    def title(self) -> str:
        return str(self.tree.xpath("string(//h1)")).strip()

    @property
    def errors(self) -> dict[str, str]:
        """What the error summary says, by the id of the input it leads to."""
        links = self.tree.xpath("//*[@data-error-summary]//a")
        return {link.get("href").removeprefix("#"): link.text_content().strip() for link in links}

    def values(self, form_id: str = "task-form") -> dict[str, str]:
        """What a browser would send of a form as it stands, without its buttons."""
        (form,) = self.tree.xpath(f"//form[@id='{form_id}']")
        # HTML drops the line end right after <textarea>; lxml keeps it.
        return {str(name): str(value).removeprefix("\n") for name, value in form.form_values()}

    def kept(self) -> list[str]:
        """The names of the files that are uploaded already and not given up."""
        boxes = self.tree.xpath("//input[@type='checkbox'][@checked][contains(@name, '-kept')]/following-sibling::span")
        return [str(box.text).strip() for box in boxes]

    def links(self, part: str = "") -> list[str]:
        """The addresses of the links of the page's content that hold a part."""
        return [str(href) for href in self.tree.xpath("//main//a/@href") if part in href]


@dataclass
class Browser:
    """One signed-in person."""

    client: FlaskClient

    def get(self, path: str, **headers: str) -> Page:
        """Open a page; addresses are those of links, or below the city."""
        return Page(self.client.get(_address(path), headers=headers, buffered=True))

    def post(self, path: str, values: Mapping[str, Any], **headers: str) -> Page:
        """Send a form to an address, with a good token."""
        token = self.get("/pemberitahuan").tree.xpath("string(//meta[@name='csrf-token']/@content)")
        data = {"csrf_token": token, **values}
        return Page(self.client.post(_address(path), data=data, headers=headers))

    def search(self, path: str, values: Mapping[str, Any]) -> Page:
        """Look for something, and go where the answer leads."""
        answer = self.post(path, values)
        return self.get(answer.response.location) if answer.status == 303 else answer

    def press(self, page: Page, button: str) -> Page:
        """Send the form of a page that the named button belongs to, as it stands."""
        (form,) = page.tree.xpath(f"//form[.//button[normalize-space()='{button}']]")
        return Page(self.client.post(form.get("action"), data=dict(form.form_values())))

    def send(self, path: str, page: Page, **values: Any) -> Page:
        """Send the form of a task page with some answers changed."""
        response = self.client.post(_address(path), data={**page.values(), **values})
        # The client leaves the temporary file of a large body open.
        response.request.environ["wsgi.input"].close()
        return Page(response)


@dataclass
class Staff:
    """The city hall and its application."""

    hall: CityHall
    alur: Alur
    app: Flask
    browsers: dict[int, Browser] = field(default_factory=dict)

    def browser(self, person: int) -> Browser:
        """Return the browser of a person, signed in."""
        if person not in self.browsers:
            row = {"id": person, "tenant": CITY, "employee_id": person, "fs_uniquifier": f"f{person}"}
            with self.alur.database.writing() as connection:
                connection.execute(account.insert(), {**row, "code_tries": 0, "created_at": self.hall.now})
            self.browsers[person] = Browser(self.app.test_client())
            self.sign_in_again(person)
        return self.browsers[person]

    def sign_in_again(self, person: int) -> None:
        """Give a person a new session: so much time has passed that the last one is over."""
        with self.alur.database.writing() as connection:
            token = begin_session(connection, self.alur, CITY, person)
        self.browsers[person].client.set_cookie(NAME, token, path=ROOT, domain="localhost")

    def task(self, person: int, element: str, about: int) -> str:
        """Return the address of a person's task."""
        row = self.hall.tasks(person)[(element, about)]
        return f"/tugas/{row.case_id}/{row.token}"


@contextmanager
def open_staff(folder: Path) -> Iterator[Staff]:
    """Give a city hall on the fresh database of a folder, its quarter opened, with its web application."""
    import_records()
    open_database(folder, _opened).dispose()
    with _office(folder) as (hall, alur):
        if not alur.database.is_sqlite:
            _open(hall, alur)
        yield Staff(hall, alur, create_app(alur))


@cache
def _opened() -> bytes:
    """Return a SQLite file in which the quarter is open."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        open_database(folder).dispose()
        with _office(folder) as (hall, alur):
            _open(hall, alur)
        return (folder / "alur.db").read_bytes()


@contextmanager
def _office(folder: Path) -> Iterator[tuple[CityHall, Alur]]:
    halls: list[CityHall] = []  # the engine looks at the clock before there is a hall
    settings = Settings(home=folder, database_url=address_in(folder), secret_key="k" * 32, pepper="p" * 32)
    alur = build(settings, clock=lambda: halls[0].now if halls else AFTER_THE_QUARTER, cities=cities_of(CITY))
    halls.append(CityHall(alur.engine, alur.jobs, AFTER_THE_QUARTER))
    try:
        yield halls[0], alur
    finally:
        alur.close()


def _open(hall: CityHall, alur: Alur) -> None:
    """Open the quarter a minute before the test begins: what it makes is newer, by its number, too."""
    hall.now -= MINUTE
    with alur.database.writing() as connection:
        connection.execute(tenant.insert(), {"code": CITY, "created_at": hall.now})
    people_the_hall(alur.database)
    for process in PROCESSES:
        alur.engine.run(DeployRelease(release_files(process), alur.catalogue), system_actor(CITY))
    hall.open_quarter()
    hall.now += MINUTE


def _address(path: str) -> str:
    return path if path.startswith(f"{ROOT}/") else f"{ROOT}{path}"
