"""Built-ins with regular expressions: matches, replace, split (DMN 1.5, 10.3.4.3, after XPath)."""

from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.patterns import MAX_PROGRAM, Match, Program, compile_pattern, find, find_all
from engine.feel.run import Run

_DIGITS = frozenset("0123456789")


def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    return find(_compiled(pattern, flags or "", run), text, run) is not None


def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    program = _that_moves("replace", pattern, flags or "", run)
    parts: list[str | int] = [replacement]
    if "q" not in (flags or ""):
        run.charge(len(replacement) // 8)  # it is read character by character
        parts = _parts("replace", replacement, program.groups)
    pieces: list[str] = []
    end = 0
    for match in find_all(program, text, run):
        pieces += [text[end : match.start], *_filled(parts, match, run)]
        end = match.end
    pieces.append(text[end:])
    run.allocate(len(text))
    return "".join(pieces)


def _split(run: Run, text: str, delimiter: str) -> list[object]:
    program = _that_moves("split", delimiter, "", run)
    pieces: list[object] = []
    end = 0
    for match in find_all(program, text, run):
        pieces.append(text[end : match.start])
        end = match.end
    run.allocate(len(text) + len(pieces) + 1)
    return [*pieces, text[end:]]


def _that_moves(function: str, pattern: str, flags: str, run: Run) -> Program:
    # XPath, FORX0003: a pattern that finds nothing everywhere has no place to cut at.
    program = _compiled(pattern, flags, run)
    if find(program, "", run):
        raise argument_error(function, "pattern", pattern, "empty_match")
    return program


def _compiled(pattern: str, flags: str, run: Run) -> Program:
    # A loop may make another pattern each time; one costs the same whether it is known already or not.
    run.charge(1 + len(pattern) // 2)
    try:
        program = compile_pattern(pattern, flags)
    except NoValue as reason:
        run.charge(MAX_PROGRAM // 2 if reason.code == "pattern_large" else 1)
        raise
    run.charge(len(program.code) // 2)
    return program


def _parts(function: str, replacement: str, groups: int) -> list[str | int]:
    """Return a replacement as texts and numbers of groups. :raise NoValue: when it cannot be read."""
    parts: list[str | int] = []
    at = 0
    while at < len(replacement):
        char, following = replacement[at], replacement[at + 1 : at + 2]
        if char == "\\" and following in ("\\", "$"):
            parts.append(following)
            at += 2
        elif char == "$" and following in _DIGITS:
            number, at = _group_number(replacement, at + 1, groups)
            parts.append(number)
        elif char in "\\$":
            raise argument_error(function, "replacement", replacement, "replacement")
        else:
            parts.append(char)
            at += 1
    return parts


def _group_number(replacement: str, at: int, groups: int) -> tuple[int, int]:
    number = int(replacement[at])
    at += 1
    while at < len(replacement) and replacement[at] in _DIGITS and number * 10 + int(replacement[at]) <= groups:
        number = number * 10 + int(replacement[at])
        at += 1
    return number, at


def _filled(parts: list[str | int], match: Match, run: Run) -> list[str]:
    groups = len(match.places) // 2
    texts = [part if isinstance(part, str) else match.group(part) if part < groups else "" for part in parts]
    run.charge(1 + len(parts))
    run.allocate(sum(map(len, texts)))
    return texts


PATTERN_FUNCTIONS = (
    Builtin("matches", "input: string, pattern: string, flags: string|null?", _matches, cost=4),
    Builtin("replace", "input: string, pattern: string, replacement: string, flags: string|null?", _replace, cost=4),
    Builtin("split", "string: string, delimiter: string", _split, cost=4),
)
