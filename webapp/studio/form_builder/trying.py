"""Shows a form as those see it who fill it in, and what the process would get from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, render_template, request

from forms import AlurForm, Language, Upload
from webapp.studio.form_builder.items import Plain
from webapp.task_forms.specs import class_of
from webapp.texts import language
from webapp.values import show_value


@dataclass(frozen=True, slots=True)
class View:
    """How a form is looked at."""

    language: Language
    is_narrow: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the process gets it.

    :param value: written as FEEL writes it.
    """

    name: str
    label: str
    value: str


def asked_view() -> View:
    """Return how the reader wants to look at the form; in his language and at full width unless he says otherwise."""
    asked = request.args.get("bahasa", "")
    chosen: Language = "en" if asked == "en" else "id" if asked == "id" else language()
    return View(chosen, request.args.get("lebar") == "sempit")


def form_to_try(plain: Plain, view: View, today: date, sent: object = None) -> AlurForm:
    """Return the form of a spec in which there is no mistake.

    :param sent: what was filled in, if anything was.
    """
    return class_of(plain)(sent, language=view.language, today=today)


def draw_form(form: AlurForm, view: View, **facts: Any) -> str:
    """Return the form drawn by the templates of tasks, in the language it is looked at."""
    with _speaking(view.language):
        return render_template("studio/form_preview.html", form=form, view=view, **facts)


def answers_in(form: AlurForm) -> list[Answer]:
    """Return the answers of a form that is good."""
    labels = {field.short_name: field.label.text for field in form.fields}
    return [Answer(name, labels[name], show_value(_shown(value))) for name, value in form.typed_data().items()]


def _shown(value: object) -> object:
    """Return an answer with its files, which are not kept here, by their names."""
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return value.filename if isinstance(value, Upload) else value


@contextmanager
def _speaking(words: Language) -> Iterator[None]:
    before = g.get("language")
    g.language = words
    try:
        yield
    finally:
        g.language = before
