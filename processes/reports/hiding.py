"""Hides what would tell of single people: small counts, and a second one where a total would give the first away."""

from collections.abc import Iterator, Mapping, Sequence

from engine.mining.few import hidden_cells


def hidden_table(rows: Sequence[Sequence[int]], least: int) -> tuple[tuple[bool, ...], ...]:
    """Return for each cell of a table whether it is hidden, so that neither its row nor its column gives it away.

    Rows and columns are looked at in turn until nothing more has to be hidden.
    """
    hidden = [[0 < count < least for count in row] for row in rows]
    while more := next(_given_away(rows, hidden), None):
        row, column = more
        hidden[row][column] = True
    return tuple(tuple(row) for row in hidden)


def _given_away(rows: Sequence[Sequence[int]], hidden: list[list[bool]]) -> Iterator[tuple[int, int]]:
    """Yield the cell to hide for each line, along or down, in which a single one is hidden beside others."""
    lines = [[(row, column) for column in range(len(rows[row]))] for row in range(len(rows))]
    lines += [[(row, column) for row in range(len(rows))] for column in range(len(rows[0]) if rows else 0)]
    for line in lines:
        if sum(hidden[row][column] for row, column in line) == 1:
            # Beside nothing but zeros the hidden one is the total of its line, and no other would cover it.
            open_cells = [(rows[row][column], row, column) for row, column in line if not hidden[row][column]]
            yield from ((row, column) for _, row, column in sorted(cell for cell in open_cells if cell[0])[:1])


def merged(sizes: Mapping[str, int], least: int) -> frozenset[str]:
    """Return the groups that are too small to stand alone, with the smallest other one if a single one is."""
    names = sorted(sizes)
    flags = hidden_cells([sizes[name] for name in names], least)
    return frozenset(name for name, is_hidden in zip(names, flags, strict=True) if is_hidden)
