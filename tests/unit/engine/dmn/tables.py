"""Builds small DMN files for the tests of this folder."""

from xml.sax.saxutils import escape, quoteattr

from engine.dmn import Decision, read_decisions

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(body: str, namespace: str = NAMESPACE, attributes: str = "") -> bytes:
    """Return a DMN file with this content."""
    return f'<definitions xmlns="{namespace}" id="file" name="File" {attributes}>{body}</definitions>'.encode()


def column(tag: str, text: str) -> str:
    """Return an element that holds FEEL text."""
    return f"<{tag}><text>{escape(text)}</text></{tag}>"


def table(
    *rules: tuple[list[str], list[str]],
    inputs: tuple[str, ...] = ("score",),
    outputs: tuple[str, ...] = ("grade",),
    policy: str = "UNIQUE",
    extra: str = "",
) -> str:
    """Return a decision ``d`` whose rules are called r1, r2, …; each is a list of tests and a list of results.

    :param outputs: names, each with what else belongs into its element behind a ``|``.
    :param extra: more attributes of the table.
    """
    heads = [f'<input id="in_{place}" label={quoteattr(name)}>{column("inputExpression", name)}</input>'
             for place, name in enumerate(inputs, 1)]  # fmt: skip
    for output in outputs:
        name, _, inner = output.partition("|")
        heads.append(f'<output id="out_{name}" name="{name}">{inner}</output>')
    rows = [
        f'<rule id="r{place}">{"".join(column("inputEntry", text) for text in tests)}'
        f"{''.join(column('outputEntry', text) for text in results)}</rule>"
        for place, (tests, results) in enumerate(rules, 1)
    ]
    body = f'<decisionTable hitPolicy="{policy}" {extra}>{"".join(heads)}{"".join(rows)}</decisionTable>'
    return f'<decision id="d" name="Nilai">{body}</decision>'


def read_one(body: str) -> Decision:
    """Return the decision ``d`` of a file with this content."""
    return read_decisions(definitions(body))["d"]
