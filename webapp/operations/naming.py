"""Names of what an operator sees: elements of diagrams with what they are, cases as far as he may know them."""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.model import GATEWAYS, Element, Kind, Outline
from engine.casework import CaseSubject
from engine.policy.actor import Actor
from processes.people.about import ABOUT_EMPLOYEES
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.wiring import Alur

_KINDS: Final[Mapping[Kind, str]] = {
    Kind.START: lazy("awal"),
    Kind.CATCH: lazy("menunggu peristiwa"),
    Kind.THROW: lazy("mengirim pesan"),
    Kind.BOUNDARY: lazy("batas waktu atau peristiwa"),
    Kind.END: lazy("akhir"),
    Kind.USER_TASK: lazy("tugas"),
    Kind.MANUAL_TASK: lazy("tugas"),
    Kind.SERVICE_TASK: lazy("langkah otomatis"),
    Kind.SCRIPT_TASK: lazy("perhitungan"),
    Kind.BUSINESS_RULE_TASK: lazy("tabel keputusan"),
    Kind.SEND_TASK: lazy("mengirim pesan"),
    Kind.RECEIVE_TASK: lazy("menunggu pesan"),
    Kind.SUB_PROCESS: lazy("subproses"),
    Kind.EVENT_SUB_PROCESS: lazy("subproses"),
    Kind.TRANSACTION: lazy("subproses"),
    Kind.CALL_ACTIVITY: lazy("memanggil proses lain"),
}


def name_of(outline: Outline, element: str) -> str:
    """Return an element's name in the reader's language, or what it is if it has none."""
    found = outline.elements.get(element)
    return label_of(found) if found is not None else element


def label_of(element: Element) -> str:
    """Return an element's name in the reader's language, or what it is if it has none."""
    names = element.names
    return names.get(language()) or names.get("id") or _unnamed(element)


def described(element: Element) -> str:
    """Return an element's name with what it is; what has no name is called by its kind already."""
    kind, label = kind_in_words(element), label_of(element)
    return label if label == _unnamed(element) else f"{label} ({kind})"


def kind_in_words(element: Element) -> str:
    """Return what an element is."""
    if element.kind in GATEWAYS:
        return _("gabungan") if len(element.incoming) > 1 else _("percabangan")
    return _(_KINDS[element.kind])


def _unnamed(element: Element) -> str:
    return f"{kind_in_words(element)} {element.id}"


def title_of(read: Any, actor: Actor, alur: Alur, case: CaseSubject) -> str | None:
    """Return the name of a case; None where it would tell a person's name to somebody who may not know it."""
    if case.process not in ABOUT_EMPLOYEES or alur.engine.policy.allows(actor, "result:view", case, read):
        return case.title
    return None
