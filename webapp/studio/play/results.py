"""What came of scenarios that were played before: the same scenario on the same files goes the same way again."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final

from engine.bpmn.check import Catalogue
from engine.designs.finding import content_mark
from engine.scenarios import OUT_OF_TIME, Played, play
from webapp.studio.play.ground import Ground, ground_of

_MOST: Final = 2000
#: What one scenario may compute for a page, in seconds; then it is said of it that it takes too long.
SECONDS_EACH: Final = 2.0
_Key = tuple[str, str]
_kept: OrderedDict[_Key, Played] = OrderedDict()
_lock: Final = Lock()


def result_of(ground: Ground, file: str, is_over: Callable[[], bool]) -> Played:
    """Return what comes of a scenario that can be read; it is played unless it was before.

    :param is_over: says whether the time for playing is over; what was stopped by it is not kept.
    """
    key = _key(ground, file)
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
            return known
    assert ground.release is not None
    played = play(ground.release, ground.scenarios[file], is_over, SECONDS_EACH)
    if all(problem.code != OUT_OF_TIME for problem in played.problems):
        _keep(key, played)
    return played


def count_unplayed(files: Mapping[str, bytes], catalogue: Catalogue) -> int:
    """Return how many scenarios of a design were not played with its files as they are now; 0 while it cannot run."""
    ground = ground_of(files, catalogue)
    if ground.release is None:
        return 0
    with _lock:
        return sum(_key(ground, file) not in _kept for file in ground.scenarios)


def _key(ground: Ground, file: str) -> _Key:
    return ground.mark, content_mark(ground.contents[file])


def _keep(key: _Key, played: Played) -> None:
    with _lock:
        _kept[key] = played
        if len(_kept) > _MOST:
            _kept.popitem(last=False)
