"""What expressions are generated from: rules by kind of value, literals and names; all of FEEL but ``external``.

A rule is an expression with slots in backticks: `` `number` `` is any expression that gives a number, `` `number:5` ``
one that binds as tightly as a product or stands in parentheses, `` `boolean@$x:number` `` one that sees a number
``$x``, which gets a name of its own. Left of a rule stands its name, as `listed` knows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.differential.tree import AND, ATOM, COMPARISON, MINUS, OR, POWER, PRODUCT, SUM


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to make an expression of one kind of value."""

    name: str
    kind: str
    text: str
    power: int = ATOM
    domain: str = ""


LITERALS: Mapping[str, tuple[str, ...]] = {
    "number": ("0", "1", "2", "-3", "4.5", "0.1", "100", "0.125", "-2.5", "10.25", ".5", "7", "1.005"),
    "small": ("1", "2", "-1", "3", "-2"),
    "scale": ("0", "1", "2", "-1"),
    "string": ('"a"', '"abc"', '"foobar"', '""', '"A b"', '"1,5"', '"baab"', '"Ĝis 😀!"', r'"x\ny\"z\\"', '"12.5"'),
    "boolean": ("true", "false", "null"),
    "date": ('@"2026-03-31"', '@"2024-02-29"', "date(2025, 12, 31)", 'date("2026-01-01")', '@"2026-08-17"'),
    "moment": ('@"2026-03-31T08:30:00"', 'date and time("2024-02-29T23:59:59")', '@"2025-12-31T00:00:00"'),
    "zoned": ('@"2026-03-31T08:30:00+07:00"', '@"2026-03-31T01:30:00Z"', '@"2026-06-01T10:00:00@Asia/Makassar"'),
    "time": ('@"08:30:00"', 'time("23:59:59")', '@"00:00:00"', "time(12, 0, 5)", '@"10:15:00"'),
    "days": ('@"P1D"', '@"PT2H30M"', '@"-P2D"', 'duration("P3DT4H5M6S")', '@"PT36H"', '@"PT0S"'),
    "months": ('@"P1Y2M"', '@"P3M"', '@"-P1Y"', 'duration("P14M")', '@"P0M"'),
    "numbers": ("[1, 2, 3]", "[]", "[3, 1]", "[1, null]", "[0.1, 0.2, 0.3]", "[5]", "[2, 2, 7, 2]"),
    "strings": ('["a", "b"]', "[]", '["b", "abc", "a"]', '["x", null]', '["q"]'),
    "truths": ("[true, false]", "[]", "[true, true]", "[true, null]", "[false, null]"),
    "dates": ('[@"2026-03-31", @"2024-02-29"]', '[@"2026-01-01"]'),
    "person": ('{x: 1, nama: "Ani"}', "{x: 2.5, nama: null}"),
    "people": ('[{x: 1, nama: "Ani"}, {x: 3, nama: "Budi"}]', "[]", '[{x: 2, nama: "Citra"}]'),
    "span": ("[1..5]", "(1..5)", "[0..3)", "(2..4]", "[3..8]", "[5..9]", "]1..5[", "[1..1]", "[2..4]"),
    "period": ('[@"2026-01-01"..@"2026-12-31"]', '(@"2024-02-29"..@"2026-03-31")'),
    "pattern": ('"b"', '"[a-c]"', '"a.*b"', '"^a"', '"o+"', r'"\\s"', '"(a)(b)"', '"[^ab]"', '"b|f"'),
    "any": ("1", '"a"', "null", "true", '@"2026-03-31"', "[1, 2]", "{x: 1}", '@"P1D"'),
}
"""Literals by kind; ``any`` is anything, and so has what FEEL refuses."""

NAMES: Mapping[str, str] = {
    "a": "number", "jumlah hari": "number", "b": "string", "n": "boolean", "ya": "boolean", "c": "numbers",
    "d": "person", "pegawai": "people", "tanggal": "date", "lama": "days", "daftar nama": "strings", "kosong": "any",
}  # fmt: skip
"""What a scope holds, and its kind."""

_GENERIC = (
    ("if", "if `boolean` then `{0}` else `{0}`", 0, ""),
    ("parentheses", "(`{0}`)", ATOM, ""),
    ("function", "(function($x) `{0}@$x:number`)(`number`)", ATOM, "value"),
    ("context entry", "{{p: `number`, q: `{0}@p:number`}}.q", ATOM, "value"),
)
_OF_LISTS = (
    ("item", "`{1}:9`[`small`]", ATOM, ""),
    ("item of for", "(for $x in `numbers` return `{0}@$x:number`)[1]", ATOM, "each"),
)
_LISTS = {"number": "numbers", "string": "strings", "person": "people", "boolean": "truths", "date": "dates"}


def _generic() -> list[Rule]:
    kinds = [kind for kind in LITERALS if kind not in ("small", "scale", "pattern")]
    made = [
        Rule(name, kind, text.format(kind), power, domain) for kind in kinds for name, text, power, domain in _GENERIC
    ]
    return made + [
        Rule(name, kind, text.format(kind, many), power, domain)
        for kind, many in _LISTS.items()
        for name, text, power, domain in _OF_LISTS
    ]


def _operators() -> list[Rule]:
    pairs = (("number", "number"), ("string", "string"), ("date", "date"), ("moment", "moment"), ("zoned", "zoned"),
             ("time", "time"), ("days", "days"), ("months", "months"), ("any", "any"))  # fmt: skip
    compared = [
        Rule(sign, "boolean", f"`{left}:4` {sign} `{right}:4`", COMPARISON)
        for sign in ("=", "!=", "<", "<=", ">", ">=")
        for left, right in pairs
    ]
    same = [
        Rule("=", "boolean", f"`{kind}:4` = `{kind}:4`", COMPARISON)
        for kind in ("numbers", "person", "span", "boolean")
    ]
    return compared + same


def _calls(kind: str, *forms: str) -> list[Rule]:
    return [Rule(form.partition("(")[0], kind, form) for form in forms]


def _rules(kind: str, *forms: tuple[Any, ...]) -> list[Rule]:
    return [Rule(name, kind, *rest) for name, *rest in forms]


_ROUNDINGS = ("decimal", "round half up", "round half even", "round up", "round down", "round half down")
RULES: tuple[Rule, ...] = (
    *_generic(),
    *_operators(),
    *_rules(
        "number",
        ("+", "`number:4` + `number:5`", SUM),
        ("-", "`number:4` - `number:5`", SUM),
        ("*", "`number:5` * `number:6`", PRODUCT),
        ("/", "`number:5` / `number:6`", PRODUCT),
        ("**", "`number:6` ** `scale:7`", POWER),
        ("negation", "-`number:7`", MINUS),
        ("path", "`person:9`.x"),
        ("path", "`date:9`.year"),
        ("path", "`date:9`.month"),
        ("path", "`date:9`.day"),
        ("path", "`date:9`.weekday"),
        ("path", "`moment:9`.hour"),
        ("path", "`time:9`.minute"),
        ("path", "`zoned:9`.second"),
        ("path", "`days:9`.days"),
        ("path", "`days:9`.hours"),
        ("path", "`days:9`.minutes"),
        ("path", "`months:9`.years"),
        ("path", "`months:9`.months"),
        ("path", "`span:9`.start"),
        ("path", "`span:9`.end"),
        ("/", "`days:5` / `days:6`", PRODUCT),
        ("/", "`months:5` / `months:6`", PRODUCT),
        ("partial", "(for $x in `numbers` return if count(partial) = 0 then $x else partial[-1] + $x)[-1]"),
    ),
    *_calls(
        "number",
        "abs(`number`)",
        "floor(`number`)",
        "ceiling(`number`)",
        "floor(`number`, `scale`)",
        "ceiling(`number`, `scale`)",
        *(f"{name}(`number`, `scale`)" for name in _ROUNDINGS),
        "modulo(`number`, `number`)",
        "sqrt(`number`)",
        "log(`number`)",
        "exp(`small`)",
        "string length(`string`)",
        "count(`numbers`)",
        "count(`people`)",
        "sum(`numbers`)",
        "sum(`number`, `number`)",
        "mean(`numbers`)",
        "min(`numbers`)",
        "max(`numbers`)",
        "min(`number`, `number`, `number`)",
        "max(list: `numbers`)",
        "product(`numbers`)",
        "median(`numbers`)",
        "stddev(`numbers`)",
        "day of year(`date`)",
        "week of year(`date`)",
        'number(`string`, ",", ".")',
        'number("1.234,5", ".", ",")',
        "number(string(`number`))",
        "abs(n: `number`)",
        "count(list: `strings`)",
        "modulo(divisor: `number`, dividend: `number`)",
    ),
    *_rules("string", ("+", "`string:4` + `string:5`", SUM), ("path", "`person:9`.nama")),
    *_calls(
        "string",
        "upper case(`string`)",
        "lower case(`string`)",
        "substring(`string`, `small`)",
        "substring(`string`, `small`, `small`)",
        "substring before(`string`, `string`)",
        "substring after(`string`, `string`)",
        'replace(`string`, `pattern`, "x")',
        'replace(`string`, `pattern`, "<$0>")',
        'replace(`string`, "B", "-", "i")',
        "string join(`strings`)",
        'string join(`strings`, ", ")',
        *(f"string(`{kind}`)" for kind in ("number", "date", "moment", "zoned", "time", "days", "months", "boolean")),
        *(f"string(`{kind}`)" for kind in ("string", "numbers", "strings", "person")),
        "day of week(`date`)",
        "month of year(`date`)",
        "min(`strings`)",
        "max(`strings`)",
        "substring(string: `string`, start position: `small`)",
    ),
    *_rules(
        "boolean",
        ("and", "`boolean:2` and `boolean:3`", AND),
        ("or", "`boolean:1` or `boolean:2`", OR),
        ("between", "`number:4` between `number:4` and `number:4`", COMPARISON),
        ("between", "`date:4` between `date:4` and `date:4`", COMPARISON),
        ("between", "`string:4` between `string:4` and `string:4`", COMPARISON),
        ("in range", "`number:4` in [`number:4`..`number:4`]", COMPARISON),
        ("in range", "`number:4` in (`number:4`..`number:4`)", COMPARISON),
        ("in range", "`date:4` in [`date:4`..`date:4`)", COMPARISON),
        ("in range", "`number:4` in `span:4`", COMPARISON),
        ("in range", "`date:4` in `period:4`", COMPARISON),
        ("in tests", "`number:4` in (< `number:4`, `number:4`)", COMPARISON),
        ("in tests", "`number:4` in (>= `number:4`)", COMPARISON),
        ("in tests", "`number:4` in ([`number:4`..`number:4`], `number:4`, > `number:4`)", COMPARISON),
        ("in test", "`number:4` in <= `number:4`", COMPARISON),
        ("in tests", "`string:4` in (`string:4`, `string:4`)", COMPARISON),
        ("in list", "`string:4` in `strings:4`", COMPARISON),
        ("in list", "`number:4` in `numbers:4`", COMPARISON),
        ("some", "some $x in `numbers` satisfies `boolean@$x:number`", 0, "each"),
        ("every", "every $x in `numbers` satisfies `boolean@$x:number`", 0, "each"),
        ("some", "some $x in `numbers`, $y in `strings` satisfies `boolean@$x:number,$y:string`", 0, "each"),
        ("every", "every $x in `people` satisfies `boolean@$x:person`", 0, "each"),
    ),
    *(
        Rule("instance of", "boolean", f"`{value}:9` instance of {kind}", COMPARISON)
        for value, kinds in {
            "number": ("number", "string"),
            "string": ("string", "boolean"),
            "boolean": ("boolean", "number"),
            "date": ("date", "date and time", "Any"),
            "moment": ("date and time",),
            "time": ("time",),
            "days": ("days and time duration", "years and months duration"),
            "months": ("years and months duration",),
            "numbers": ("list<number>", "list<string>", "Any"),
            "person": ("context<x: number>", "context<y: string>"),
            "span": ("range<number>", "range<string>"),
            "any": ("Any", "list<Any>", "Null"),
        }.items()
        for kind in kinds
    ),
    *_calls(
        "boolean",
        "not(`boolean`)",
        "contains(`string`, `string`)",
        "starts with(`string`, `string`)",
        "ends with(`string`, `string`)",
        "matches(`string`, `pattern`)",
        'matches(`string`, "A.*B", "i")',
        "list contains(`numbers`, `number`)",
        "list contains(`strings`, `string`)",
        "all(`truths`)",
        "any(`truths`)",
        "all(`boolean`, `boolean`)",
        "odd(`number`)",
        "even(`number`)",
        "is(`any`, `any`)",
        "is(`date`, `date`)",
        "is(`time`, `time`)",
        "is(`number`, `number`)",
        "before(`number`, `number`)",
        "before(`span`, `number`)",
        "before(`number`, `span`)",
        "after(`span`, `span`)",
        "after(`number`, `span`)",
        "after(`date`, `date`)",
        "overlaps(`span`, `span`)",
        "overlaps before(`span`, `span`)",
        "overlaps after(`span`, `span`)",
        "meets(`span`, `span`)",
        "met by(`span`, `span`)",
        "includes(`span`, `number`)",
        "includes(`span`, `span`)",
        "during(`number`, `span`)",
        "during(`span`, `span`)",
        "starts(`number`, `span`)",
        "starts(`span`, `span`)",
        "started by(`span`, `number`)",
        "finishes(`number`, `span`)",
        "finishes(`span`, `span`)",
        "finished by(`span`, `number`)",
        "coincides(`number`, `number`)",
        "coincides(`span`, `span`)",
        "before(`span`, `span`)",
        "overlaps(`period`, `period`)",
        "includes(`period`, `date`)",
    ),
    *_rules(
        "date",
        ("date + duration", "`date:4` + `days:5`", SUM),
        ("date + duration", "`date:4` + `months:5`", SUM),
        ("date - duration", "`date:4` - `months:5`", SUM),
        ("date - duration", "`date:4` - `days:5`", SUM),
    ),
    *_calls(
        "date", "date(`moment`)", "date(`zoned`)", "date(string(`date`))", "date(2026, `small`, 15)", "min(`dates`)"
    ),
    *_rules(
        "moment",
        ("date + duration", "`moment:4` + `days:5`", SUM),
        ("date + duration", "`moment:4` + `months:5`", SUM),
        ("date - duration", "`moment:4` - `days:5`", SUM),
    ),
    *_calls("moment", "date and time(`date`, `time`)", "date and time(string(`moment`))", "date and time(`date`)"),
    *_rules(
        "zoned",
        ("date + duration", "`zoned:4` + `days:5`", SUM),
        ("date - duration", "`zoned:4` - `months:5`", SUM),
    ),
    *_calls("zoned", "date and time(string(`zoned`))"),
    *_rules("time", ("time + duration", "`time:4` + `days:5`", SUM), ("time - duration", "`time:4` - `days:5`", SUM)),
    *_calls("time", "time(`moment`)", "time(string(`time`))", "time(`small`, 30, 0)"),
    *_rules(
        "days",
        ("date - date", "`date:4` - `date:5`", SUM),
        ("date - date", "`moment:4` - `moment:5`", SUM),
        ("date - date", "`zoned:4` - `zoned:5`", SUM),
        ("date - date", "`time:4` - `time:5`", SUM),
        ("duration + duration", "`days:4` + `days:5`", SUM),
        ("duration - duration", "`days:4` - `days:5`", SUM),
        ("duration * number", "`days:5` * `small:6`", PRODUCT),
        ("duration / number", "`days:5` / `small:6`", PRODUCT),
        ("negation", "-`days:7`", MINUS),
    ),
    *_calls("days", "duration(string(`days`))", "abs(`days`)"),
    *_rules(
        "months",
        ("duration + duration", "`months:4` + `months:5`", SUM),
        ("duration - duration", "`months:4` - `months:5`", SUM),
        ("duration * number", "`small:5` * `months:6`", PRODUCT),
        ("negation", "-`months:7`", MINUS),
    ),
    *_calls("months", "years and months duration(`date`, `date`)", "duration(string(`months`))", "abs(`months`)"),
    *_rules(
        "numbers",
        ("list", "[`number`, `number`]"),
        ("list", "[`number`]"),
        ("for", "for $x in `numbers` return `number@$x:number`", 0, "each"),
        ("for", "for $x in `people` return `number@$x:person`", 0, "each"),
        ("for", "for $x in `numbers`, $y in `numbers` return `number@$x:number,$y:number`", 0, "each"),
        ("for range", "for $x in `small:4`..`small:4` return `number@$x:number`", 0, "range"),
        ("filter", "`numbers:9`[`boolean@item:number`]", ATOM, "filter"),
        ("projection", "`people:9`.x"),
    ),
    *_calls(
        "numbers",
        "append(`numbers`, `number`)",
        "concatenate(`numbers`, `numbers`)",
        "reverse(`numbers`)",
        "distinct values(`numbers`)",
        "sort(`numbers`, function($x, $y) $x < $y)",
        "sort(`numbers`, function($x, $y) $x > $y)",
        "union(`numbers`, `numbers`)",
        "remove(`numbers`, `small`)",
        "insert before(`numbers`, `small`, `number`)",
        "sublist(`numbers`, `small`)",
        "sublist(`numbers`, `small`, `small`)",
        "index of(`numbers`, `number`)",
        "index of(`strings`, `string`)",
        "flatten([`numbers`, [`number`, [`numbers`]]])",
        "mode(`numbers`)",
        "list replace(`numbers`, `small`, `number`)",
        "list replace(`numbers`, function($x, $y) $x = 2, `number`)",
        "sort(`numbers`)",
    ),
    *_rules(
        "strings",
        ("list", "[`string`, `string`]"),
        ("for", "for $x in `strings` return `string@$x:string`", 0, "each"),
        ("filter", "`strings:9`[`boolean@item:string`]", ATOM, "filter"),
        ("projection", "`people:9`.nama"),
    ),
    *_calls(
        "strings",
        'split(`string`, "b")',
        "split(`string`, `pattern`)",
        "append(`strings`, `string`)",
        "concatenate(`strings`, `strings`)",
        "distinct values(`strings`)",
        "reverse(`strings`)",
        "sort(`strings`, function($x, $y) $x < $y)",
    ),
    *_rules(
        "truths",
        ("list", "[`boolean`, `boolean`]"),
        ("for", "for $x in `numbers` return `boolean@$x:number`", 0, "each"),
    ),
    *_rules("dates", ("list", "[`date`, `date`]"), ("for", "for $x in `numbers` return `date@$x:number`", 0, "each")),
    *_rules(
        "person",
        ("context", "{x: `number`, nama: `string`}"),
        ("context", '{"x": `number`, "unit kerja": `string`}'),
    ),
    *_calls(
        "person",
        'context put(`person`, "x", `number`)',
        'context put(`person`, ["z"], `number`)',
        "context merge([`person`, `person`])",
        'context([{key: "x", value: `number`}])',
    ),
    *_rules(
        "people",
        ("list", "[`person`, `person`]"),
        ("filter", "`people:9`[`boolean@x:number,nama:string`]", ATOM, "filter"),
        ("filter", "`people:9`[`boolean@item:person`]", ATOM, "filter"),
    ),
    *_calls("people", "sort(`people`, function($x, $y) $x.x < $y.x)", "concatenate(`people`, `people`)"),
    *_rules("span", ("range", "[`number:4`..`number:4`]"), ("range", "(`number:4`..`number:4`]")),
    *_rules("period", ("range", "[`date:4`..`date:4`]")),
    *_rules(
        "any", *((kind, f"`{kind}:1`", OR) for kind in ("number", "string", "boolean", "date", "numbers", "person"))
    ),
    *_calls("any", 'get value(`person`, "x")', "get entries(`person`)", 'get value(`person`, "tidak ada")'),
)
