"""Look for a colleague by name: to thank, to nominate, or to name for a panel."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from processes.recognition.queries.colleagues import Colleague, choose_from
from webapp.current import ask
from webapp.recognition.addresses import today
from webapp.recognition.forms import SearchForm
from webapp.searches import keep_words, kept_words
from webapp.texts import gettext as _
from webapp.texts import language

SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a page offers: those of the reader's unit, or whose name has what was typed."""

    people: tuple[Colleague, ...]
    form: SearchForm
    is_search: bool


def offered() -> Choice:
    """Return whom the page of this request offers."""
    text = kept_words()
    form = SearchForm({"cari": text} if text else None, language=language())
    return Choice(ask(_people, text), form, bool(text))


def searched(endpoint: str, **values: Any) -> Response | Choice:
    """Return the way to those whose name has what was typed, or what is wrong with that."""
    form = SearchForm(request.form, language=language())
    text = str(form["cari"].data or "") if form.validate() else ""
    if 0 < len(text) < SHORTEST_SEARCH:
        form.add_error("cari", _("Tulis paling sedikit dua huruf dari namanya."))
    if form.error_summary():
        return Choice(ask(_people, ""), form, is_search=False)
    return redirect(url_for(endpoint, **values, dicari=keep_words(text)), 303)


def _people(read: Any, actor: Actor, text: str) -> tuple[Colleague, ...]:
    return choose_from(read, actor, today(), text)
