"""The files of a case: found in what its steps answered, so that every form with files has them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.policy.rules import Policy
from engine.queries.case import CaseView, view_case


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file that somebody handed in with a step of a case; `size` in bytes.

    :param place: which of the names of this content in the case it bears, from 0 on, oldest first.
    """

    sha256: str
    filename: str
    media_type: str
    size: int
    added_at: datetime
    place: int = 0


def case_files(view: CaseView) -> tuple[CaseFile, ...]:
    """Return the files of a case, oldest first, each content once under each of its names."""
    found: dict[tuple[str, str], CaseFile] = {}
    names: Counter[str] = Counter()
    for step in view.history:
        for file in _files_in(step.data, step.at):
            if (file.sha256, file.filename) not in found:
                found[file.sha256, file.filename] = replace(file, place=names[file.sha256])
                names[file.sha256] += 1
    return tuple(found.values())


def find_case_file(read: Any, actor: Actor, policy: Policy, case_id: int, sha256: str, *, place: int = 0) -> CaseFile:
    """Return one file of a case that the actor may see, or has a task in.

    :param place: which name of this content is meant; addresses carry it because a name may tell of a person.
    :raise NotFound: there is no such file for this actor.
    """
    view = view_case(read, actor, case_id)
    has_task = any(task.assignee == actor.person for task in view.waiting)
    if not has_task and not policy.allows(actor, "result:view", view.case, read):
        raise NotFound()
    for file in case_files(view):
        if (file.sha256, file.place) == (sha256, place):
            return file
    raise NotFound()


def _files_in(answer: object, at: datetime) -> Iterator[CaseFile]:
    if isinstance(answer, list):
        for item in answer:
            yield from _files_in(item, at)
    elif isinstance(answer, Mapping):
        if {"sha256", "filename", "media_type", "size"} <= answer.keys():
            yield CaseFile(answer["sha256"], answer["filename"], answer["media_type"], int(answer["size"]), at)
        else:
            for item in answer.values():
                yield from _files_in(item, at)
