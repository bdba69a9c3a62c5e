"""Ways out where a file holds what nobody sees, or more comments than are kept."""

from collections.abc import Iterator
from functools import partial

from engine.bpmn.read import HIDDEN
from engine.designs.commenting import MOST_COMMENTS, mend_comments
from engine.designs.editing.diagram import open_diagram
from engine.designs.mending.broken import Broken, Files, Fix
from engine.designs.tidying import tidy_tables
from engine.dmn import DmnUnreadable


def drop_hidden(_broken: Broken) -> Iterator[Fix]:
    """Offer to delete the characters that nobody sees, in the diagram and in all comments: only so it is kept."""
    yield Fix("hidden", {"id": "Hapus karakter tersembunyi", "en": "Delete the hidden characters"}, _without_hidden)


def drop_surplus(broken: Broken) -> Iterator[Fix]:
    """Offer to keep the first comments only of a file that holds too many."""
    name = str(broken.problem.params.get("file", ""))
    label = {"id": f"Simpan {MOST_COMMENTS} komentar pertama", "en": f"Keep the first {MOST_COMMENTS} comments"}
    if name in broken.design.files:
        yield Fix("surplus", label, partial(_without_surplus, name))


def _without_hidden(files: Files) -> Files:
    return {name: _seen(name, content) for name, content in files.items()}


def _seen(name: str, content: bytes) -> bytes:
    """Return a file without the characters that nobody sees: a diagram without any, another one in its comments."""
    if name.endswith(".bpmn"):
        return mend_comments(_seen_diagram(content), content)
    if not name.endswith(".dmn") or HIDDEN.search(content.decode(errors="replace")) is None:
        return content
    try:
        return mend_comments(tidy_tables(content), content)
    except DmnUnreadable:
        return content


def _seen_diagram(content: bytes) -> bytes:
    diagram = open_diagram(content)
    for part in diagram.root.iter():
        for key, value in part.attrib.items():
            part.set(key, HIDDEN.sub("", str(value)))
        part.text = HIDDEN.sub("", part.text) if part.text else part.text
    return diagram.write()


def _without_surplus(name: str, files: Files) -> Files:
    content = files[name]
    written = open_diagram(content).write() if name.endswith(".bpmn") else tidy_tables(content)
    return {**files, name: mend_comments(written, content, is_surplus_cut=True)}
