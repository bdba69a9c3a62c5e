"""What stands before the first element of an XML file: there, and nowhere else, entities and other files are named."""

import re
from typing import Final

# A comment or an instruction may say "<!DOCTYPE" as often as it likes: an XML reader passes over it.
_BEFORE_ROOT: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def has_doctype(text: str) -> bool:
    """Say whether an XML document has a document type, the only place in which entities can be defined."""
    found = _BEFORE_ROOT.match(text)
    return found is not None and text.startswith("<!DOCTYPE", found.end())
