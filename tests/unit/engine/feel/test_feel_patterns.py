"""Regular expressions: XPath's language, and no pattern that hangs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelBudgetExceeded
from engine.feel.errors import NoValue
from engine.feel.patterns import compile_pattern, find, find_all
from engine.feel.run import Run
from tests.unit.engine.feel.expressions import ENVIRONMENT, reasons, value


def found(pattern: str, text: str, flags: str = "") -> str | None:
    """Return what a pattern finds first in a text."""
    match = find(compile_pattern(pattern, flags), text, Run({}, ENVIRONMENT))
    return match.group(0) if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "expected"),
    [
        ("", "abc", "", ""),
        ("a|b|c", "xb", "", "b"),
        ("a{2}", "aaa", "", "aa"),
        ("a{2,}", "aaaa", "", "aaaa"),
        ("a{1,2}?", "aaa", "", "a"),
        ("a{0}b", "ab", "", "b"),
        ("(a|ab)(c|bcd)(d*)", "abcd", "", "abcd"),
        ("(?:ab)+", "ababa", "", "abab"),
        ("(a*)*", "b", "", ""),
        ("(a*)+", "aab", "", "aa"),
        (r"(.)\1", "xyzzy", "", "zz"),
        (r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "abcdefghijj", "", "abcdefghijj"),
        (r"(a)\10", "aa0", "", "aa0"),
        ("[a-c-[b]]+", "bac", "", "ac"),
        ("[^a-c]", "abcd", "", "d"),
        (r"[\]\-^]+", "a]-^", "", "]-^"),
        ("[-a]+", "b-a", "", "-a"),
        ("[a-]+", "b-a", "", "-a"),
        (r"[\d\s]+", "a1 2", "", "1 2"),
        (r"[\w-[\d_]]+", "12ab", "", "ab"),
        (r"\i\c*", "1 a-b.c:d é", "", "a-b.c:d"),
        (r"\p{Lu}\p{Ll}+", "si Budi", "", "Budi"),
        (r"\P{L}", "ab1", "", "1"),
        (r"\p{IsCyrillic}+", "abЖЗ", "", "ЖЗ"),
        (r"\d", "٣", "", "٣"),
        (r"\S\D\W\I\C", "aa *¤ ", "", "aa *¤"),
        ("a.c", "a\nc", "", None),
        ("a.c", "a\nc", "s", "a\nc"),
        ("^b$", "a\nb", "", None),
        ("^b$", "a\nb\n", "m", "b"),
        ("^$", "a\n", "m", None),
        ("a$", "a\n", "", None),
        ("ÀÉ", "àé", "i", "àé"),
        ("[k-m]", "\u212a", "i", "\u212a"),
        (r"\p{Lu}", "abC", "i", "C"),
        (r"[\p{Lu}x]+", "aXCx", "i", "XCx"),
        (r"(ab)\1", "abAB", "i", "abAB"),
        ("a b", "ab", "x", "ab"),
        ("[ ]", "a b", "x", " "),
        ("a.b*", "xa.b*", "q", "a.b*"),
        ("A.", "xa.", "qi", "a."),
        ("🐎+", "a🐎🐎", "", "🐎🐎"),
    ],
)
def test_a_pattern_finds_what_xpath_says(pattern: str, text: str, flags: str, expected: str | None) -> None:
    assert found(pattern, text, flags) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "a)", "[", "[]", "[^]", "a]", "*", "a**", "a{", "a{2", "a{3,2}", "{1}", "a{,2}", "(?=a)", "(?i)a",
        "(?<n>a)", r"\q", r"\1", r"(a\1)", r"[a\1]", r"\p{Xx}", r"\p{IsNowhere}", r"\pL", r"\p{L", "[b-a]",
        "[a-[b]c]", r"a\ ", "a{9999999}",
    ],
)  # fmt: skip
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(NoValue) as caught:
        compile_pattern(pattern, "")

    assert caught.value.code == "pattern"


@pytest.mark.parametrize(
    "pattern", ["(a{1000}){1000}", "(" * 60 + ")" * 60, "a" * 3_000, "[a-[" * 60, "((){999}){999}"]
)
def test_a_pattern_that_would_be_too_large_is_refused(pattern: str) -> None:
    with pytest.raises(NoValue) as caught:
        compile_pattern(pattern, "")

    assert caught.value.code in ("pattern_large", "pattern")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 2_000 + "b"),
        ("(a|aa)+$", "a" * 2_000 + "b"),
        ("^(a|a?)+$", "a" * 2_000 + "b"),
        ("(.*)(.*)(.*)(.*)(.*)x", "a" * 2_000),
        ("((a*)*)*b", "a" * 2_000),
        ("a?" * 50 + "a" * 50, "a" * 49),
    ],
)
def test_a_pattern_that_hangs_others_is_done_at_once(pattern: str, text: str) -> None:
    assert found(pattern, text) is None


@pytest.mark.parametrize("pattern", [r"(a*)*(a*)*\1\2b", r"(a+)+\1b", r"((a|aa)+)\1c"])
def test_a_pattern_that_looks_back_without_end_exceeds_the_budget(pattern: str) -> None:
    with pytest.raises(FeelBudgetExceeded):
        found(pattern, "a" * 3_000)


@given(text=st.text(alphabet="ab\n", max_size=12), data=st.data())
def test_what_both_languages_know_gives_the_same(text: str, data: st.DataObject) -> None:
    atoms = st.sampled_from(["a", "b", "[ab]", "[^a]", "(a|b)", "(ab)", "(a*)", "(?:b?a)"])
    counts = st.sampled_from(["", "", "*", "+", "?", "*?", "+?", "{1,2}"])
    pattern = "".join(data.draw(st.lists(st.builds(str.__add__, atoms, counts), min_size=1, max_size=4)))
    run = Run({}, ENVIRONMENT)

    match = find(compile_pattern(pattern, ""), text, run)
    other = re.search(pattern, text)

    assert (match and (match.start, match.end)) == (other and other.span())
    if not re.fullmatch(pattern, ""):
        ours = [(one.start, one.end) for one in find_all(compile_pattern(pattern, ""), text, run)]
        assert ours == [one.span() for one in re.finditer(pattern, text)]


@given(pattern=st.text(alphabet=r"ab()[]{}|*+?^$.\-,0123pdwLu&", max_size=16), text=st.text(max_size=8))
def test_any_text_is_a_pattern_or_a_reason(pattern: str, text: str) -> None:
    scope: dict[str, object] = {"p": pattern, "t": text}

    assert value("matches(t, p)", **scope) in (True, False, None)
    if value("matches(t, p)", **scope) is None:
        assert reasons("matches(t, p)", **scope)[0] in ("pattern", "pattern_large")
