"""Compares many expressions in several scopes, and says what differs and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.differential.comparing import Both, Difference
from tests.differential.feelin import Feelin, running_feelin
from tests.differential.generator import generate
from tests.differential.listed import explanation
from tests.unit.engine.feel.expressions import ENVIRONMENT

Scope = tuple[Mapping[str, object], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    :param asked: how many expressions, :param differing: how many of them gave something else.
    :param explained: how many operations, by the listed difference they are.
    :param unexplained: the operations that are none.
    """

    asked: int
    differing: int
    explained: Mapping[str, int]
    unexplained: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """Yield the report for people."""
        yield f"{self.asked} expressions, {self.differing} give something else in feelin."
        for name, count in sorted(self.explained.items(), key=lambda item: -item[1]):
            yield f"{count:7} {name}"
        for found in self.unexplained:
            yield f"UNEXPLAINED {found.rule}: {found.node.text}"
            yield f"    Alur {found.ours}, feelin {found.theirs}; within {found.within}"


def compare(seed: int, count: int) -> Report:
    """Return what differs among so many expressions of a seed, some for each scope."""
    asked, differing, operations = 0, 0, dict[str, Difference]()
    with running_feelin() as feelin:
        for place, both in enumerate(in_each_scope(feelin)):
            nodes = list(generate(seed * len(_SCOPES) + place, count // len(_SCOPES)))
            different = list(both.differing(nodes))
            asked, differing = asked + len(nodes), differing + len(different)
            operations |= {found.node.text: found for node in different for found in both.explain(node)}
    entries = [(found, explanation(found)) for found in operations.values()]
    explained = Counter(entry.name for _, entry in entries if entry is not None)
    return Report(asked, differing, explained, tuple(found for found, entry in entries if entry is None))


def in_each_scope(feelin: Feelin) -> Iterator[Both]:
    """Yield what asks both sides, in each of the scopes."""
    for ours, theirs in _SCOPES:
        yield Both(feelin, ours, theirs, ENVIRONMENT)


def _scope(day: date, days: int, **values: object) -> Scope:
    ours = {_name(name): _exact(value) for name, value in values.items()}
    theirs = {_name(name): value for name, value in values.items()}
    moments = {"tanggal": {"$feel": f'@"{day}"'}, "lama": {"$feel": f'@"P{days}D"'}}
    return {**ours, "tanggal": day, "lama": timedelta(days=days)}, {**theirs, **moments}


def _name(name: str) -> str:
    return name.replace("_", " ")


def _exact(value: object) -> object:
    """Return the value with decimals for its floats, which are written with few digits."""
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    return Decimal(str(value)) if isinstance(value, float) else value


_SCOPES = (
    _scope(
        date(2026, 3, 31), 2, a=3, jumlah_hari=12.5, b="teks", n=None, ya=True, c=[1, 2, 3], d={"x": 1, "nama": "Ani"},
        pegawai=[{"x": 1, "nama": "Ani"}, {"x": 4, "nama": "Budi"}], daftar_nama=["q", "r"], kosong=None,
    ),
    _scope(
        date(2024, 2, 29), 45, a=-7.25, jumlah_hari=0, b="", n=None, ya=False, c=[], d={"x": None, "nama": ""},
        pegawai=[], daftar_nama=[], kosong=[],
    ),
    _scope(
        date(1999, 12, 31), 0, a=1000000, jumlah_hari=0.001, b="Ĝis 😀", n=True, ya=None, c=[5, 5, None, -1],
        d={"x": 2, "nama": "Citra", "unit kerja": "Dinas"}, pegawai=[{"x": None, "nama": None}, {"nama": "Dewi"}],
        daftar_nama=["a", None, "a b"], kosong="",
    ),
)  # fmt: skip
"""Ordinary values, empty ones, and odd ones: the names are those of `grammar.NAMES`."""
