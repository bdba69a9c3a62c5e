"""What of a design may be kept at all: unfinished work may, what no reader should ever be given may not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from engine.bpmn.drawn import lies_too_far
from engine.bpmn.formfiles import read_forms
from engine.bpmn.read import MAX_BYTES, check_shape, problem, read_xml
from engine.bpmn.release import is_known_file
from engine.designs.commenting import MOST_COMMENTS, Comment, comments_of
from engine.dmn import DmnUnreadable, read_definitions
from engine.errors import DiagramRefused, Problem

MAX_FILES = 300
MAX_TOTAL = 8 * MAX_BYTES  # bytes of all files together
SCENARIO_FOLDER = "scenarios/"
MAX_NAME = 120  # characters of the name of a file
_MOST_PLACES = 20  # told of one file


def check_storable(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return why these files are not kept; nothing if they may be, even if they could not be deployed."""
    if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_TOTAL:
        return (_too_much(),)
    return tuple(found for name in sorted(files) for found in _check(name, files[name]))


def check_near(name: str, content: bytes, before: bytes) -> tuple[Problem, ...]:
    """Return why a diagram is not kept in the place of another: something lies too far away, and nothing did before.

    :raise DiagramRefused: one of them is no diagram that may be read.
    """
    if not lies_too_far(read_xml(content, name)) or lies_too_far(read_xml(before, name)):
        return ()
    return (_too_far(name),)


def _check(name: str, content: bytes) -> Iterator[Problem]:
    if not is_known_file(name) or not name.isprintable() or len(name) > MAX_NAME or "#" in name:
        yield _unknown(name)
    elif name.endswith(".bpmn"):
        yield from _check_diagram(name, content)
    elif name.endswith(".dmn"):
        yield from _check_tables(name, content)
    else:
        yield from _check_json(name, content)


def _check_diagram(name: str, content: bytes) -> Iterator[Problem]:
    try:
        root = read_xml(content, name)
    except DiagramRefused as refused:
        yield from refused.problems
        return
    yield from check_shape(root, name)
    yield from _check_comments(name, content)


def _check_tables(name: str, content: bytes) -> Iterator[Problem]:
    try:
        read_definitions(content)
    except DmnUnreadable as error:
        yield problem(name, "dmn_unreadable", error.message("id"), error.message("en"))
        return
    yield from _check_comments(name, content)


def _check_comments(name: str, content: bytes) -> Iterator[Problem]:
    """Look at what is kept into releases though no drawing shows it."""
    comments = comments_of(content)
    if len(comments) > MOST_COMMENTS:
        yield _too_many_comments(name, comments)
        return
    places = dict.fromkeys(comment.above for comment in comments if comment.is_hiding)
    yield from (_hidden_in_comment(name, above) for above in islice(places, _MOST_PLACES))


def _check_json(name: str, content: bytes) -> Iterator[Problem]:
    """Read it as a form is read: an object of bounded size and depth."""
    as_form = name if not name.startswith(SCENARIO_FOLDER) else f"forms/{name.removeprefix(SCENARIO_FOLDER)}"
    yield from read_forms({as_form: content})[1]


def _unknown(name: str) -> Problem:
    return problem(
        name[:MAX_NAME],
        "unknown_file",
        "berkas dengan nama ini tidak disimpan; yang ada: NAMA.bpmn, NAMA.dmn, forms/NAMA.json, scenarios/NAMA.json, "
        f"tanpa tanda # dan paling panjang {MAX_NAME} huruf.",
        "a file of this name is not kept; there are: NAME.bpmn, NAME.dmn, forms/NAME.json, scenarios/NAME.json, "
        f"without the sign # and of at most {MAX_NAME} characters.",
    )


def _too_many_comments(name: str, comments: Sequence[Comment]) -> Problem:
    above = comments[MOST_COMMENTS].above
    place = (f" yang berlebih mulai di atas unsur '{above}';", f" the surplus begins above the element '{above}';")
    id_place, en_place = place if above else ("", "")
    found = problem(
        name,
        "too_many_comments",
        f"berkas ini memuat {len(comments)} komentar, paling banyak {MOST_COMMENTS};{id_place} hapus yang tidak perlu "
        "dari berkasnya, atau tekan tombol perbaikannya di daftar Langkah rancangan ini.",
        f"this file holds {len(comments)} comments, at most {MOST_COMMENTS} are kept;{en_place} remove those that are "
        "not needed from the file, or press the button that mends it in the list of steps of this design.",
    )
    return replace(found, params={"file": name})


def _hidden_in_comment(name: str, above: str) -> Problem:
    id_place, en_place = ("di atas unsur ini", "above this element") if above else ("di akhir", "at the end")
    found = problem(
        above or name,
        "hidden_in_comment",
        f"komentar {id_place} dalam berkas '{name}' memuat karakter tersembunyi; ketik ulang komentarnya, atau tekan "
        "tombol perbaikannya di daftar Langkah rancangan ini.",
        f"the comment {en_place} in the file '{name}' holds hidden characters; type it again, or press the button that "
        "mends it in the list of steps of this design.",
    )
    return replace(found, params={"file": name})


def _too_far(name: str) -> Problem:
    return problem(
        name,
        "drawing_number",
        "sebuah bentuk terletak terlalu jauh untuk digambar; pindahkan mendekati yang lain, lalu simpan lagi.",
        "a shape lies too far away to be drawn; move it near the others and save again.",
    )


def _too_much() -> Problem:
    return problem(
        "release",
        "too_much",
        f"rancangan ini terlalu besar (paling banyak {MAX_FILES} berkas dan {MAX_TOTAL >> 20} MB); bagi prosesnya.",
        f"this design is too large (at most {MAX_FILES} files and {MAX_TOTAL >> 20} MB); split the process.",
    )
