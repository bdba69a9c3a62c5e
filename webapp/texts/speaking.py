"""Translates for the reader of the current request."""

from typing import Any, Literal

from flask import g, has_app_context

from webapp.texts.catalogue import english

Language = Literal["id", "en"]
COOKIE = "alur_language"


def language() -> Language:
    """Return the reader's language; Indonesian where nobody has chosen."""
    return "en" if has_app_context() and g.get("language") == "en" else "id"


def gettext(msgid: str, **values: Any) -> str:
    """Return a text in the reader's language, its `%(name)s` filled in.

    :param msgid: the Indonesian text.
    """
    text = english().get(msgid, (msgid,))[0] if language() == "en" else msgid
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, **values: Any) -> str:
    """Return a text about a number of things; `%(count)s` is filled in.

    :param singular: the Indonesian text, mostly the same as `plural`: words do not change with the number.
    """
    texts = english().get(singular, (singular, plural)) if language() == "en" else (singular, plural)
    text = texts[0] if count == 1 else texts[-1]
    return text % {"count": count, **values}


def lazy(msgid: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated with `gettext` where it is shown."""
    return msgid
