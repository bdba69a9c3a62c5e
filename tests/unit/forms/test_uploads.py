"""Files are chosen, counted, named and weighed; what is inside them is checked elsewhere."""

import io
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from forms import AlurForm, FileField, KeptFile, Required
from tests.unit.forms.examples import upload


class Proof(AlurForm):
    evidence = FileField("Bukti", [Required()], accept=["pdf", "jpeg"], max_files=2, max_megabytes=1)


def sent(*files: Any) -> Proof:
    return Proof(MultiDict([("evidence", file) for file in files]))


def said(form: AlurForm) -> list[str]:
    form.validate()
    return [link.message for link in form.error_summary()]


def test_chosen_files_are_handed_on_unread() -> None:
    files = [upload("SK.PDF"), upload("foto.jpeg")]

    form = sent(*files)

    assert form.validate()
    assert form.typed_data() == {"evidence": files}
    assert files[0].stream.tell() == 0


@pytest.mark.parametrize("nothing", [upload(""), "", None])
def test_no_chosen_file_is_no_answer(nothing: object) -> None:
    assert said(sent(nothing)) == ["Pilih berkas."]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (upload("virus.exe"), "“virus.exe”: jenis berkas ini tidak diterima. Yang diterima: PDF, JPEG."),
        (upload("pdf"), "“pdf”: jenis berkas ini tidak diterima. Yang diterima: PDF, JPEG."),
        (upload("a.pdf", b""), "“a.pdf”: berkas kosong. Mohon pilih kembali."),
        (upload("a.pdf", bytes(1024 * 1024 + 1)), "“a.pdf”: ukuran berkas melebihi 1 MB. Mohon perkecil berkas."),
        ("bukti.pdf", "Pilih berkas melalui tombol berkas."),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_the_reason(file: object, message: str) -> None:
    assert said(sent(file)) == [message]


@pytest.mark.parametrize("name", ["a\x00.pdf", "fdp\u202efdp.pdf", "a" * 200 + ".pdf", "\ud800.pdf", "a\nb.pdf"])
def test_a_misleading_name_is_refused_in_words_that_can_be_shown(name: str) -> None:
    message = said(sent(upload(name)))[0]

    assert message.endswith("mohon beri berkas nama yang lebih pendek dengan karakter biasa.")
    assert message.encode()


def test_a_folder_before_the_name_is_no_part_of_it() -> None:
    assert said(sent(upload("..\\..\\etc/passwd"))) == [
        "“passwd”: jenis berkas ini tidak diterima. Yang diterima: PDF, JPEG."
    ]


def test_every_bad_file_is_told_and_too_many_as_well() -> None:
    messages = said(sent(upload("a.exe"), upload("b.exe"), upload("c.exe")))

    assert messages[0] == "Pilih paling banyak 2 berkas."
    assert len(messages) == 4


def test_a_bad_file_leaves_the_good_ones_to_be_kept() -> None:
    form = sent(upload("virus.exe"), upload("SK.pdf"))

    form["evidence"].keep(lambda file: KeptFile("0" * 64, str(file.filename), "application/pdf", 3))

    assert not form.validate()
    assert [file.filename for file in form["evidence"].kept] == ["SK.pdf"]


def test_a_file_that_is_refused_when_it_is_stored_says_so_beside_everything_else() -> None:
    form = sent(upload("virus.exe"), upload("SK.pdf"))

    form["evidence"].keep(lambda file: f"“{file.filename}” rusak.")

    assert said(form)[1:] == ["“SK.pdf” rusak."]


def test_kept_files_come_back_from_a_draft_and_count_as_an_answer() -> None:
    kept = KeptFile("0" * 64, "SK.pdf", "application/pdf", 3)

    again = Proof(draft=sent(kept, kept).draft())

    assert again.validate()
    assert again.typed_data() == {"evidence": [kept, kept]}


@pytest.mark.parametrize("entry", [{"files": [{}, 1, {"sha256": "x"}]}, {"files": "x"}, {"x": 1}])
def test_a_draft_of_another_shape_names_no_file(entry: object) -> None:
    assert Proof(draft={"evidence": entry})["evidence"].kept == ()


def test_a_stream_that_cannot_be_read_is_told() -> None:
    stream = io.BytesIO(b"x")
    stream.close()

    assert said(sent(FileStorage(stream, filename="a.pdf"))) == [
        "“a.pdf”: berkas tidak dapat dibaca. Mohon pilih kembali."
    ]


def test_evidence_kept_earlier_counts_as_an_answer() -> None:
    form = Proof({}, data={"evidence": ["SK lama.pdf"]})

    assert form.validate()
    assert form["evidence"].existing == ("SK lama.pdf",)
    assert form.typed_data() == {"evidence": []}
