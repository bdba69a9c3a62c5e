"""What a view may know about the request it answers: the installation, the city, the person, the request's key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import NotFound

from engine.command import Command, Receipt
from engine.policy.actor import Actor
from engine.requests import ContentsKey
from webapp.wiring import Alur

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What pages say about the city they belong to.

    :param head_label: the appointing authority's title in the reader's language.
    :param brand: name of the colour set, by which a city's own style sheet finds the page.
    :param sheet: name of that style sheet; empty for a city in the colours of Alur.
    """

    code: str
    name: str
    head_label: str
    zone: str
    zone_label: str
    brand: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person of this request, as read in one statement from session, account, employee and role grants.

    :param session: hash of the session's id; never the id itself.
    :param must_choose: a one-time code was used and no password has been chosen yet: only the first steps are open.
    :param has_new_roles: the roles changed since the session was made; it gets a new id at the next page.
    :param searches: what was looked for in this session, packed by `webapp.searches`.
    """

    account: int
    actor: Actor
    name: str
    post: str | None
    session: bytes = field(repr=False)
    seen_at: datetime
    must_choose: bool = False
    has_new_roles: bool = False
    searches: bytes | None = field(default=None, repr=False)

    @property
    def person(self) -> int:
        """The key of the employee, or of the guest."""
        assert self.actor.person is not None, "a signed-in actor is a person"
        return self.actor.person

    @property
    def initials(self) -> str:
        """Two letters for the menu; the degrees behind the comma are no part of the name."""
        words = [word for word in self.name.partition(",")[0].split() if word[0].isalpha()]
        return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


def current_alur() -> Alur:
    """Return the installation."""
    alur: Alur = current_app.extensions["alur"]
    return alur


def city_code() -> str | None:
    """Return the code of the city that the address names, if it names one."""
    code: str | None = request.environ.get("alur.city")
    return code


def current_city() -> CityFacts:
    """Return the city of this request.

    :raise NotFound: the address names none.
    """
    city: CityFacts | None = g.get("city")
    if city is None:
        raise NotFound
    return city


def signed_in() -> SignedIn | None:
    """Return the person of this request; None before the sign-in."""
    person: SignedIn | None = g.get("signed_in")
    return person


def current_person() -> SignedIn:
    """Return the person of this request; only for views behind the sign-in."""
    person = signed_in()
    assert person is not None, "the view is open to everybody; ask signed_in() instead"
    return person


def current_actor() -> Actor:
    """Return the actor of this request; only for views behind the sign-in."""
    return current_person().actor


def run_command(command: Command) -> Receipt:
    """Carry a command out for the person of this request, with the form's key, so that a second submit does nothing."""
    return current_alur().engine.run(command, current_actor(), request_key())


def ask(
    query: Callable[Concatenate[Any, Actor, Parameters], Result],
    *arguments: Parameters.args,
    **options: Parameters.kwargs,
) -> Result:
    """Return the answer of a query for the person of this request."""
    return current_alur().engine.read(query, current_actor(), *arguments, **options)


def request_key() -> bytes | None:
    """Return the key that a form (field `key`) or a program (header `Idempotency-Key`) sent to make retries safe."""
    text = request.form.get("key") or request.headers.get("Idempotency-Key") or ""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def contents_key() -> ContentsKey | None:
    """Return the form's key joined with what the form holds, for a page that cannot be read again once it was sent.

    The same form again is the same request; changed in between, it is another one.
    """
    key = request_key()
    if key is None:
        return None
    # The token belongs to the session, which may be a new one; a file is named and not read.
    told = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    files = [(name, file.filename) for name, file in request.files.items(multi=True)]
    return ContentsKey(blake2b(repr((told, files)).encode(), digest_size=KEY_BYTES, key=key).digest())


def is_fragment() -> bool:
    """Say whether htmx asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"


def is_poll() -> bool:
    """Say whether the page asks again by itself: that tells nothing of anybody sitting before it."""
    return request.method == "GET" and ("Alur-Poll" in request.headers or "otomatis" in request.args)


def wants_data() -> bool:
    """Say whether a script asks, which reads JSON and status codes instead of pages."""
    return request.headers.get("X-Requested-With") == "fetch"
