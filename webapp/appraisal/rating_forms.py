"""The ratings of many people on one page: each row is the form of one person's task, checked as on its own page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from forms import AlurForm, Draft, ErrorLink
from processes.appraisal.queries.people import PersonRow
from processes.people.city import Rating
from webapp.task_forms import BUILDERS, FormContext

NOTES: Final = ("work_note", "behaviour_note")
NOTE: Final = "note"
FIELDS: Final = ("work", "behaviour", NOTE)
_NAME: Final = re.compile(r"p([0-9]{1,18})-(?:work|behaviour|note)")
_CHOICE: Final = 40
_LONGEST_NOTE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent for one person: the two ratings, one note for both, and the task it was shown with."""

    case_id: int
    token: int
    work: str
    behaviour: str
    note: str

    @property
    def is_complete(self) -> bool:
        """Both ratings are chosen."""
        return bool(self.work and self.behaviour)

    @property
    def is_touched(self) -> bool:
        """Anything is chosen or written."""
        return bool(self.work or self.behaviour or self.note.strip())

    @property
    def answers(self) -> dict[str, str]:
        """The fields of the task's form: the one note stands for whichever rating differs."""
        return {"work": self.work, "behaviour": self.behaviour, **dict.fromkeys(NOTES, self.note)}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row.

    :param place: the one of `FIELDS` that is to be mended; empty for what concerns the whole task.
    """

    message: str
    place: str = ""


def read_sent(values: Mapping[str, str]) -> dict[int, Sent]:
    """Return what was sent by case, in the order of the page; names that are none of ours are left out."""
    found = (_NAME.fullmatch(name) for name in values)
    cases = dict.fromkeys(int(match[1]) for match in found if match)
    return {case_id: _sent(case_id, values) for case_id in cases}


def _sent(case_id: int, values: Mapping[str, str]) -> Sent:
    work, behaviour, note = (values.get(f"p{case_id}-{field}", "") for field in FIELDS)
    token = values.get(f"p{case_id}-token", "")
    is_number = token.isascii() and token.isdigit() and len(token) <= 9
    return Sent(case_id, int(token) if is_number else 0, work[:_CHOICE], behaviour[:_CHOICE], note[:_LONGEST_NOTE])


def row_form(row: PersonRow, context: FormContext, sent: Sent) -> AlurForm:
    """Return the form of a person's task with what was sent."""
    recommendation = {"work": row.recommended_work, "behaviour": row.recommended_behaviour}
    variables = {"recommendation": {name: _plain(rating) for name, rating in recommendation.items()}}
    whose = FormContext(context.actor, variables, context.city, context.read, context.today, context.language)
    return BUILDERS["appraisal.confirm_ratings"](whose).fill(whose, sent.answers)


def answers_of(row: PersonRow, form: AlurForm) -> dict[str, Any]:
    """Return the answers of a form that is valid; a note is kept only with a rating that differs."""
    answers = form.typed_data()
    kept = {
        "work_note": row.recommended_work is None or answers["work"] != row.recommended_work,
        "behaviour_note": row.recommended_behaviour is None or answers["behaviour"] != row.recommended_behaviour,
    }
    return {**answers, **{name: answers[name] if is_kept else None for name, is_kept in kept.items()}}


def problems_of(form: AlurForm) -> list[Problem]:
    """Return what is wrong with a row, each sentence once: both notes of the form are the one of the row."""
    found = (_problem(field.short_name, link) for field in form.fields for link in field.error_links())
    return list(dict.fromkeys(found))


def _problem(name: str, link: ErrorLink) -> Problem:
    return Problem(link.message, NOTE) if name in NOTES else Problem(f"{link.label}: {link.message}", name)


def drafts_to_save(
    rows: Mapping[int, PersonRow], sent: Mapping[int, Sent], context: FormContext
) -> Iterator[tuple[PersonRow, Draft]]:
    """Yield the rows whose draft differs from what is kept, so that one key stroke writes one draft."""
    for case_id, values in sent.items():
        row = rows.get(case_id)
        if row is None or not (values.is_touched or row.draft):
            continue
        draft = row_form(row, context, values).draft()
        if draft != (row.draft or {}):
            yield row, draft


def kept_values(row: PersonRow) -> Sent:
    """Return the draft of a row as it fills the page."""
    draft = row.draft or {}
    note = next((str(draft[name]) for name in NOTES if draft.get(name)), "")
    return Sent(row.case_id, row.token or 0, str(draft.get("work") or ""), str(draft.get("behaviour") or ""), note)


def _plain(rating: Rating | None) -> str | None:
    return None if rating is None else rating.value
