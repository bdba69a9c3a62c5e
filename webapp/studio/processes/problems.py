"""What the check of today says of releases that passed the check of their day."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, cast

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release, pack_files
from engine.records.packing import unpack

_KEPT: Final = 64


def count_errors(files: Mapping[str, bytes], catalogue: Catalogue) -> int:
    """Return how many errors some files have, such as services that are gone; found out once for the same files."""
    return _count(pack_files(files), catalogue)


@lru_cache(_KEPT)
def _count(content: bytes, catalogue: Catalogue) -> int:
    files = cast("dict[str, bytes]", unpack(content))
    return sum(problem.severity == "error" for problem in check_release(files, catalogue))
