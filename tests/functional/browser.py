"""A browser without scripts: it keeps cookies, fills in the forms' tokens and remembers the last page."""

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.functional.town import CITY, PASSWORD, Person


class Browser:
    """One person's browser at one city."""

    def __init__(self, app: Flask, city: str = CITY) -> None:
        self.client = app.test_client()
        self.city = city
        self.page = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page of the city and follow where it leads."""
        return self._keep(self.client.get(f"/{self.city}{path}", **{"follow_redirects": True, **options}))

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of the page before, and follow where it leads."""
        if not self.token:
            self.get("/bantuan")
        data = {"csrf_token": self.token, **(fields or {})}
        return self._keep(self.client.post(f"/{self.city}{path}", data=data, **{"follow_redirects": True, **options}))

    def sign_in(self, person: Person, secret: str = PASSWORD, **options: Any) -> TestResponse:
        """Sign in as somebody."""
        self.city = person.city
        self.get("/masuk")
        return self.post("/masuk", {"nip": person.nip, "secret": secret}, **options)

    @property
    def token(self) -> str:
        """The form token of the last page."""
        found = re.search(r'name="csrf-token" content="([^"]*)"', self.page)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        """What the last page says, without its tags."""
        body = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", self.page, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def cookie(self, name: str = "alur_session") -> str | None:
        """Return the value of a cookie of the city."""
        found = self.client.get_cookie(name, path=f"/{self.city}")
        return found.value if found is not None else None

    def _keep(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html":
            self.page = response.text
        return response
