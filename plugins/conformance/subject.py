"""What a check gets and gives: a plugin with its city, and what is wrong with it in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from plugins.manager import CityPlugin
from processes.appraisal.rules import Text

#: Random requests are the same in every run.
SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Subject:
    """The plugin under test: the module and the city connected from it."""

    plugin: ModuleType
    city: CityPlugin


Check = Callable[[Subject], list[Text]]


def alike(said: str) -> Text:
    """Return what a program said, a name or an event, which is the same in both languages."""
    return Text(said, said)
