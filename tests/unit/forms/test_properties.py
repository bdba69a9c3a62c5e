"""Whatever is sent, in whatever shape, a form answers with data or with messages."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms import AlurForm
from forms.spec import FormSpec, FormSpecError, check_spec, form_class, parse_spec
from tests.unit.forms.examples import FEEL_SPEC, FULL_SPEC, AppraisalForm, upload
from tests.unit.forms.naughty import NAUGHTY
from webapp.wiring.form_feel import FORM_FEEL

NAMES = [
    *["rating", "reason", "name", "days", "score", "day", "unit", "agreed", "evidence", "recommended", "agree", "sure"],
    *["rows", "rows-add", "rows-remove-0", "rows-0-indicator", "rows-0-reached", "rows-9-indicator", "rows-²-reached"],
    *["table", "table-0-what", "table-1-amount", "table-add", "table-remove-1", "csrf_token", "data", "__class__"],
]
TEXTS = st.text(st.characters(codec=None), max_size=50) | st.sampled_from(sorted(NAUGHTY.values(), key=len)[:-6])
VALUES = (
    TEXTS
    | st.none()
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.binary()
    | st.lists(st.integers(), max_size=2)
    | st.builds(upload, st.text(max_size=20), st.binary(max_size=20))
)
SENT = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=20), VALUES), max_size=25)
SpecForm = form_class(parse_spec(FULL_SPEC))

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


def answer(form: AlurForm) -> None:
    """Ask a form everything a page asks."""
    good = form.validate()

    assert good == (form.row_change is None and not form.error_summary())
    assert "".join(str(field()) + field.describedby + field.display for field in form.fields).encode()
    if good:
        assert set(form.typed_data()) <= {field.short_name for field in form.fields}


@given(SENT)
def test_no_multi_dict_makes_a_form_raise(sent: list[tuple[str, Any]]) -> None:

    answer(AppraisalForm(MultiDict(sent)))
    answer(SpecForm(MultiDict(sent), language="en", today=date(2026, 8, 17)))


@given(SENT)
def test_a_draft_of_anything_is_a_draft_of_itself(sent: list[tuple[str, Any]]) -> None:
    draft = AppraisalForm.draft_of(MultiDict(sent))

    assert AppraisalForm(draft=draft).draft() == draft


@given(JSON)
def test_anything_as_a_draft_is_shown_or_ignored(draft: Any) -> None:
    assert "".join(str(field()) for field in AppraisalForm(draft=draft).fields).encode()


def parsed(plain: object) -> FormSpec | None:
    """Return the spec, None if it was refused for the reasons that `check_spec` gives."""
    try:
        return parse_spec(plain, FORM_FEEL)
    except FormSpecError as refused:
        assert list(refused.problems) == check_spec(plain, FORM_FEEL)
        assert all(problem.text.id and problem.text.en and str(refused).encode() for problem in refused.problems)
        return None


@given(JSON)
def test_any_json_is_a_spec_or_a_list_of_problems(plain: Any) -> None:
    parsed(plain)


def places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every object or list of a spec with each of its keys or numbers."""
    entries = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, inner in entries:
        yield plain, key
        yield from places(inner)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A good spec with up to three places replaced, dropped or doubled."""
    plain: dict[str, Any] = deepcopy(draw(st.sampled_from([FULL_SPEC, FEEL_SPEC])))
    for _ in range(draw(st.integers(0, 3))):
        inside, key = draw(st.sampled_from(list(places(plain))))
        change = draw(st.sampled_from(["drop", "double", "replace"]))
        if change == "drop":
            del inside[key]
        elif change == "double" and isinstance(inside, list):
            inside.append(deepcopy(inside[key]))
        else:
            inside[key] = draw(
                JSON | st.sampled_from([True, 1, "name", "cost", "today", "5", "YA", "text", "date", "total > 1"])
            )
    return plain


@settings(max_examples=200)
@given(damaged())
def test_a_damaged_spec_is_refused_or_makes_a_working_form(plain: dict[str, Any]) -> None:
    spec = parsed(plain)

    event("refused" if spec is None else "a form")
    if spec is not None:
        assert parse_spec(spec.to_plain(), FORM_FEEL) == spec
        sent = {"name": "x", "day": "18/08/2026", "cost": "5", "costs-0-count": "2"}
        answer(form_class(spec, FORM_FEEL)(sent, today=date(2026, 8, 17)))
