"""What is no mistake in a form and yet keeps people from answering it: each finding with its reason."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from forms.feel import Feel
from forms.spec.model import FieldSpec, FormSpec
from forms.spec.reachable import never_required, never_shown
from forms.text import Text

MOST_RADIOS: Final = 7
FEWEST_LISTED: Final = 3
WIDEST_TABLE: Final = 6

_SHAPED: Final = re.compile(
    r"\b(nip|nik|npwp|surel|e-?mail|telepon|telp|ponsel|hp|phone|nomor|number)\b", re.IGNORECASE
)
_COLOURS: Final = re.compile(
    r"\b(warna|merah|hijau|kuning|biru|colou?r|coloured|red|green|yellow|blue)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at again.

    :param path: as in a `Problem`: `fields[2]`, `fields[2].columns[0]`, `sections[1]`.
    """

    path: str
    code: str
    text: Text


def advise(spec: FormSpec, feel: Feel | None = None) -> list[Advice]:
    """Return what to look at again in a form that can be built, in the order of its fields.

    :param feel: tries out the conditions that are expressions.
    """
    found = [*_of_words(spec.fields, "fields"), *_of_sections(spec)]
    for number, field in enumerate(spec.fields):
        path = f"fields[{number}]"
        found += _of_field(field, path)
        found += _of_conditions(field, path, spec.fields, feel)
        found += _of_table(field, path, feel)
    return found


def _of_words(fields: Sequence[FieldSpec], path: str) -> Iterator[Advice]:
    counted = Counter(field.label.id.casefold() for field in fields if field.type != "note")
    for number, field in enumerate(fields):
        if counted[field.label.id.casefold()] > 1 and field.type != "note":
            yield Advice(
                f"{path}[{number}]",
                "same_label",
                Text(
                    f"Ada dua isian berjudul “{field.label.id}”. Bedakan: pembaca layar hanya membacakan judul.",
                    f"Two fields are called '{field.label.en}'. Tell them apart: a screen reader says the label only.",
                ),
            )


def _of_sections(spec: FormSpec) -> Iterator[Advice]:
    types = {field.name: field.type for field in spec.fields}
    for number, section in enumerate(spec.sections):
        if all(types[name] == "note" for name in section.fields):
            yield Advice(
                f"sections[{number}]",
                "nothing_asked",
                Text(
                    f"Bagian “{section.title.id}” tidak menanyakan apa pun. Gabungkan dengan bagian lain.",
                    f"Section '{section.title.en}' asks nothing. Join it with another section.",
                ),
            )


def _of_field(field: FieldSpec, path: str) -> Iterator[Advice]:
    if field.label.id == field.label.en and len(field.label.id.split()) > 1:
        yield Advice(
            path,
            "same_language",
            Text(
                f"Judul “{field.label.id}” sama dalam kedua bahasa. Tulis terjemahannya.",
                f"The label '{field.label.en}' is the same in both languages. Translate it.",
            ),
        )
    if field.type == "text" and not field.pattern and not field.hint and not field.readonly and _is_shaped(field):
        yield Advice(
            path,
            "no_format",
            Text(
                f"“{field.label.id}” mengharapkan bentuk tertentu. Pilih polanya, atau tulis contoh sebagai petunjuk.",
                f"'{field.label.en}' expects a certain shape. Choose its pattern, or write an example as a hint.",
            ),
        )
    yield from _of_options(field, path)
    if any(_COLOURS.search(words) for words in _words(field)):
        yield Advice(
            path,
            "colour",
            Text(
                "Petunjuk menyebut warna. Sebut juga kata atau letaknya: tidak semua orang melihat warna.",
                "The words name a colour. Say it in another way too: not everybody sees colours.",
            ),
        )


def _of_options(field: FieldSpec, path: str) -> Iterator[Advice]:
    count = len(field.choices)
    if field.type in ("radio", "multichoice") and count > MOST_RADIOS:
        yield Advice(
            path,
            "many_radios",
            Text(
                f"{count} pilihan sekaligus sulit dibaca. Pakai jenis “pilihan dari daftar”, atau kurangi pilihannya.",
                f"{count} options at once are hard to read. Use a list to choose from, or fewer options.",
            ),
        )
    if field.type == "choice" and 0 < count < FEWEST_LISTED:
        yield Advice(
            path,
            "short_list",
            Text(
                "Daftar sependek ini lebih mudah diisi sebagai tombol pilihan: semua terlihat tanpa dibuka.",
                "A list so short is easier as radio buttons: all options are seen without opening it.",
            ),
        )


def _of_conditions(field: FieldSpec, path: str, fields: Sequence[FieldSpec], feel: Feel | None) -> Iterator[Advice]:
    if never_shown(field, fields, feel):
        yield Advice(
            path,
            "never_shown",
            Text(
                f"“{field.label.id}” tidak akan pernah tampil: syaratnya tidak mungkin terpenuhi. Perbaiki syaratnya.",
                f"'{field.label.en}' is never shown: its condition can never hold. Correct the condition.",
            ),
        )
    elif never_required(field, fields, feel):
        yield Advice(
            path,
            "never_required",
            Text(
                f"“{field.label.id}” tidak akan pernah wajib: syaratnya tidak mungkin terpenuhi. Perbaiki syaratnya.",
                f"'{field.label.en}' is never required: its condition can never hold. Correct the condition.",
            ),
        )


def _of_table(field: FieldSpec, path: str, feel: Feel | None) -> Iterator[Advice]:
    if len(field.columns) > WIDEST_TABLE:
        yield Advice(
            path,
            "wide_table",
            Text(
                f"Tabel ini berkolom {len(field.columns)}; di ponsel tiap baris menjadi panjang. Paling baik "
                f"{WIDEST_TABLE} kolom: pecah tabelnya, atau tanyakan sebagian di luar tabel.",
                f"This table has {len(field.columns)} columns; on a phone each row grows long. {WIDEST_TABLE} are the "
                "most that read well: split the table, or ask some of it outside.",
            ),
        )
    yield from _of_words(field.columns, f"{path}.columns")
    for number, column in enumerate(field.columns):
        inner = f"{path}.columns[{number}]"
        yield from _of_field(column, inner)
        yield from _of_conditions(column, inner, field.columns, feel)


def _is_shaped(field: FieldSpec) -> bool:
    return _SHAPED.search(f"{field.label.id} {field.label.en}") is not None


def _words(field: FieldSpec) -> list[str]:
    texts = [field.label, *([field.hint] if field.hint else [])]
    return [words for text in texts for words in (text.id, text.en)]
