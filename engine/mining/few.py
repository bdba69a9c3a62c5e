"""Hides what would tell of few people, and a second figure where a total would give the first away."""

from collections.abc import Collection, Mapping, Sequence

from engine.mining.figures import MOST_PEOPLE, Figures, people_told_of


def hidden_cells(counts: Sequence[int], least: int) -> tuple[bool, ...]:
    """Return for each count whether it is hidden.

    One that is above 0 and below `least` is; if it is the only one, the smallest of the others is hidden too, because
    whoever knows the total would subtract. Nothing is said by a 0, so that it stays.
    """
    hidden = [0 < count < least for count in counts]
    if sum(hidden) == 1:
        others = [place for place, count in enumerate(counts) if count and not hidden[place]]
        for place in sorted(others, key=lambda at: (counts[at], at))[:1]:
            hidden[place] = True
    return tuple(hidden)


def told_of_few(figures: Mapping[str, Figures], human: Collection[str]) -> frozenset[str]:
    """Return the elements whose times would tell of few people, and if it is a single one, the smallest other.

    :param human: those at which somebody does a task.
    """
    timed = sorted(name for name, one in figures.items() if one.working)
    flags = hidden_cells([_size(figures[name], is_human=name in human) for name in timed], MOST_PEOPLE)
    return frozenset(name for name, is_hidden in zip(timed, flags, strict=True) if is_hidden)


def _size(figures: Figures, *, is_human: bool) -> int:
    """Return of how many people times tell; of many, how often they were measured."""
    people = people_told_of(figures, is_human=is_human)
    return max(1, people) if people < MOST_PEOPLE else max(MOST_PEOPLE, figures.left_count)
