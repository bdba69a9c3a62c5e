"""Somebody at a browser without scripts, over TLS and through the web server in front, as people come."""

import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any

from lxml import html

from tests.operate.machine import HOST

ROOT = f"https://{HOST}/alur"
CERTIFICATE = "/etc/ssl/alur/certificate.pem"
PATIENCE = 240.0  # seconds until the service answers, on a busy machine


class Visitor:
    """One person; remembers cookies and the last page."""

    def __init__(self) -> None:
        self.cookies = CookieJar()
        trusting = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=CERTIFICATE))
        self._opener = urllib.request.build_opener(trusting, urllib.request.HTTPCookieProcessor(self.cookies))
        self.address = ROOT
        self.headers: Mapping[str, str] = {}
        self.page = ""

    def get(self, address: str) -> str:
        """Open a page, follow where it leads, and return it."""
        return self._open(urllib.request.Request(self._full(address)))

    def send(self, **answers: str) -> str:
        """Send the form of the page with some answers changed, and return the page it leads to."""
        (form, *_) = [
            form for form in self.tree.forms if form.get("method", "").lower() == "post" and _asks(form, answers)
        ]
        values = [(str(name), str(value)) for name, value in form.form_values() if name not in answers]
        # A browser says where it comes from; over TLS Alur asks for that.
        request = urllib.request.Request(
            self._full(form.get("action") or self.address),
            data=urllib.parse.urlencode([*values, *answers.items()]).encode(),
            headers={"Referer": self.address},
        )
        return self._open(request)

    def sign_in(self, city: str, nip: str, password: str) -> str:
        """Sign in, and return the page that comes then."""
        self.get(f"/{city}/masuk")
        return self.send(nip=nip, secret=password)

    @property
    def tree(self) -> Any:
        """The page."""
        return html.fromstring(self.page)

    @property
    def text(self) -> str:
        """The words of the page's content."""
        return " ".join(self.tree.xpath("string(//main)").split())

    def links(self, part: str) -> list[str]:
        """Return the addresses of the page's content that hold a part."""
        return [str(link) for link in self.tree.xpath("//main//a/@href") if part in link]

    def wait(self) -> None:
        """Wait until the service is there."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                assert json.loads(self.get("/sehat")) == {"status": "ok"}
                return
            except (urllib.error.URLError, ValueError):  # the web server may not listen yet
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _full(self, address: str) -> str:
        below = ROOT if address.startswith("/") and not address.startswith("/alur/") else ""
        return urllib.parse.urljoin(self.address, below + address)

    def _open(self, request: urllib.request.Request) -> str:
        with self._opener.open(request, timeout=PATIENCE) as answer:
            self.address, self.headers = answer.url, answer.headers
            self.page = answer.read().decode("utf-8")
        return self.page


def _asks(form: Any, answers: dict[str, str]) -> bool:
    return set(answers) <= set(form.fields)
