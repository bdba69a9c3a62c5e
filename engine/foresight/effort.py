"""How much a look ahead may be worked on: counted and not timed, so that every machine comes to the same answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

#: Looks (`simulating.GLANCE`) after which no other year is begun: some twenty seconds on a common machine.
ENOUGH: Final = 20_000
#: So many are too many for what has to be done at least: the work of others waits behind this.
HOPELESS: Final = 3 * ENOUGH


@dataclass(slots=True)
class Effort:
    """What has been spent.

    :param enough: after how many looks no other year is begun.
    :param most: after how many it is given up.
    :param pause: is called at each look; it changes nothing that is found.
    """

    enough: int = ENOUGH
    most: int = HOPELESS
    spent: int = 0
    pause: Callable[[], object] = lambda: None

    def is_enough(self, share: float = 1.0) -> bool:
        """Say whether a share of what there is has been spent."""
        return self.spent > share * self.enough

    def is_hopeless(self) -> bool:
        """Count a look, and say whether it is time to give up."""
        self.spent += 1
        self.pause()
        return self.spent > self.most
