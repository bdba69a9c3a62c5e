"""The sentences of a rule as people read them: what a kept one leaves unsaid is said when it is shown.

The sentence that a rule gives is kept with its score and is a part of the rule's version; what explains it better is
not, so scores of before are explained by it, too.
"""

from collections.abc import Mapping
from typing import Final

from processes.people.city import Message, Text

_ADDED: Final[Mapping[str, Text]] = {
    # Without this, enough +1 for "above" and a -1 that "does not count" contradict the recommendation "meets".
    "behaviour_unproven": Text(
        "Meskipun begitu, “Di atas ekspektasi” tidak disarankan selama ada tanda -1.",
        "Even so, “Above expectations” is not recommended while there is a -1.",
    ),
}


def sentence_of(reason: Message, language: str) -> str:
    """Return what a rule says, and what follows from it, in one language."""
    added = _ADDED.get(reason.code, Text("", ""))
    said = (reason.text_id, added.id) if language == "id" else (reason.text_en, added.en)
    return " ".join(filter(None, said))
