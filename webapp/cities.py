"""Finds the city of a request by host or first path segment, before Flask sees it."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from webapp.colours import sheet_name
from webapp.current import CityFacts
from webapp.wiring import Alur

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class ServedCities:
    """The cities that this installation serves; one that is set up while it runs is found as well."""

    def __init__(self, alur: Alur) -> None:
        """Read them once."""
        self._alur = alur
        self._lock = threading.Lock()
        self._codes = alur.served()
        self._unavailable = alur.unavailable()  # plugins are read once: which of them are broken does not change
        self._away = alur.away()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in alphabetical order."""
        return self._codes

    def has(self, code: str) -> bool:
        """Say whether a city is served; only a code whose plugin is installed makes it ask the database again."""
        if code not in self._codes and code in self._alur.cities.codes:
            with self._lock:
                self._codes = self._alur.served()
        return code in self._codes

    def is_unavailable(self, code: str) -> bool:
        """Say whether a city was set up here although its rules cannot be asked."""
        return code in self._unavailable

    def is_away(self, code: str) -> bool:
        """Say whether a city had moved away, or was on its way, when that was read last: its people are told so."""
        return code in self._away

    def refresh(self) -> tuple[str, ...]:
        """Ask the database again and return the codes."""
        self._codes, self._away = self._alur.served(), self._alur.away()
        return self._codes

    def facts(self, code: str, language: str) -> CityFacts:
        """Return what pages say about a city."""
        info = self._alur.cities.city(code).info
        head = info.head_label_id if language == "id" else info.head_label_en
        sheet = sheet_name(info.code, info.colours)
        return CityFacts(info.code, info.name, head, info.zone, info.zone_label, info.code, sheet)


class CityMiddleware:
    """Moves the city's path segment into SCRIPT_NAME, so that every address and cookie stays inside the city.

    `alur.root` keeps the path of the whole installation, `alur.city` the code; without one, only the few pages that
    need no city answer. A city whose rules cannot be asked is named as well, so that its people are told so.
    """

    def __init__(self, application: Wsgi, cities: ServedCities, hosts: dict[str, str]) -> None:
        """Wrap the application.

        :param hosts: city by host name, in lower case and without port.
        """
        self._application = application
        self._cities = cities
        self._hosts = hosts

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        environ["alur.root"] = environ.get("SCRIPT_NAME", "")
        city = self._hosts.get(_host(environ)) or self._take_segment(environ)
        environ["alur.city"] = city
        return self._application(environ, start_response)

    def _take_segment(self, environ: Environ) -> str | None:
        path: str = environ.get("PATH_INFO", "")
        segment, slash, rest = path.removeprefix("/").partition("/")
        cities = self._cities
        if not (cities.has(segment) or cities.is_unavailable(segment) or cities.is_away(segment)):
            return None
        environ["SCRIPT_NAME"] = f"{environ['alur.root']}/{segment}"
        environ["PATH_INFO"] = f"{slash}{rest}" or "/"
        return segment


def _host(environ: Environ) -> str:
    host: str = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    return host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host.lower()
