"""Files that are stored before their form is good: nobody chooses them again because one number was wrong.

The page carries what names a file in a signed field. It is good for one thing: to hand that file in with that task, by
the person whose page it stood on. It shows nothing to anybody, and is good for as long as a file waits to be handed in.
"""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from engine.policy.actor import Actor
from engine.records.contents import FileRefused
from engine.records.files import FileStore
from forms import AlurForm, KeptFile, Language, Upload
from webapp.security import LARGEST_REQUEST
from webapp.texts import text_for
from webapp.wiring import WAITING, Alur

_SUFFIX: Final = "-kept"
#: Takes the place of a mark that is not good: the field then says that a file has to be chosen again.
_UNREADABLE: Final = "?"


def keep_files(form: AlurForm, store: FileStore, language: Language) -> None:
    """Store the good files of a form, whatever else is wrong with it; a file that is refused says so on its field."""
    for field in form.file_fields():
        field.keep(lambda upload: _store(upload, store, language))


def claim_files(form: AlurForm, store: FileStore) -> None:
    """Keep the files of a form for good, before its answers name them.

    :raise NotFound: one of them waited too long and was cleared away at this very moment.
    """
    for field in form.file_fields():
        for file in field.kept:
            store.claim(file.sha256)


def mark_of(alur: Alur, actor: Actor, case_id: int, token: int) -> Callable[[KeptFile], str]:
    """Return how the page of a task names a kept file so that only this person hands it in with this task."""
    signer, place = _signer(alur), _place(actor, case_id, token)
    shown_at = int(alur.clock().timestamp())
    return lambda file: str(signer.dumps([place, shown_at, *astuple(file)]))


def with_kept_files(
    alur: Alur, actor: Actor, case_id: int, token: int, sent: "tuple[MultiDict[str, str], MultiDict[str, Any]]"
) -> "CombinedMultiDict[str, Any]":
    """Return what was sent, texts and files, with the kept files it names beside those chosen now."""
    texts, files = sent
    kept: MultiDict[str, Any] = MultiDict()
    for name in texts:
        if name.endswith(_SUFFIX):
            found = (_read(alur, mark, _place(actor, case_id, token)) for mark in texts.getlist(name))
            kept.setlist(name.removesuffix(_SUFFIX), list(found))
    parts: list[Any] = [texts, kept, files]
    return CombinedMultiDict(parts)


def _read(alur: Alur, mark: str, place: list[object]) -> KeptFile | str:
    try:
        of, shown_at, *parts = _signer(alur).loads(mark)
        file = KeptFile(*parts)
    except (BadData, TypeError, ValueError):
        return _UNREADABLE
    is_recent = shown_at > (alur.clock() - WAITING).timestamp()
    return file if of == place and is_recent and alur.files.hold(file.sha256) else _UNREADABLE


def _store(upload: Upload, store: FileStore, language: Language) -> KeptFile | str:
    name = upload.filename or ""
    try:
        # The form has checked the size already; this bounds what a lying stream could bring.
        kept = store.put(upload.stream, filename=name, limit=LARGEST_REQUEST)  # type: ignore[arg-type]  # reads bytes
    except FileRefused as error:
        return f"“{name}”: {text_for(error.code, error.params, language)}"
    return KeptFile(kept.sha256, kept.filename, kept.media_type, kept.size)


def _place(actor: Actor, case_id: int, token: int) -> list[object]:
    return [actor.tenant, actor.person, case_id, token]


def _signer(alur: Alur) -> URLSafeSerializer:
    return URLSafeSerializer(alur.settings.secret_key, salt="alur.kept-file")
