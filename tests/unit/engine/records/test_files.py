"""Files are kept under the hash of their content, and only if the content is what it claims to be."""

import hashlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import NotFound
from engine.records.contents import SHEET, WORD
from engine.records.files import FileRefused, FileStore, Refusal, clean_name

MIB = 1 << 20

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffda0008010100003f00d2cf20ffd9")
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def office(*parts: str, content_types: str = CONTENT_TYPES, filler: bytes = b"<x/>") -> bytes:
    """Build an office file of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types)
        for part in parts:
            archive.writestr(part, filler)
    return buffer.getvalue()


def sheet() -> bytes:
    """Build a workbook as openpyxl writes it."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def oddly_packed(packing: int) -> bytes:
    """Build a document whose types are packed as no office program does, and damaged, its checksums kept."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES * 20)
        archive.writestr("word/document.xml", "<x/>")
    content = bytearray(buffer.getvalue())
    content[60:70] = bytes(10)
    return bytes(content)


DOCX = office("_rels/.rels", "word/document.xml")
MACRO_TYPES = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def files_in(store: FileStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("filename", "content", "media_type"),
    [
        ("laporan.pdf", PDF, "application/pdf"),
        ("foto.PNG", PNG, "image/png"),
        ("foto.jpeg", JPEG, "image/jpeg"),
        ("foto.jpg", JPEG + b"a trailer, as telephones write it", "image/jpeg"),
        ("surat.docx", DOCX, WORD),
        ("capaian.xlsx", sheet(), SHEET),
    ],
)
def test_an_allowed_file_is_kept_and_comes_back(
    store: FileStore, filename: str, content: bytes, media_type: str
) -> None:
    stored = store.put(content, filename=filename, limit=MIB)

    assert (stored.media_type, stored.size, stored.filename) == (media_type, len(content), filename)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with store.open(stored.sha256) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("filename", "content", "reason"),
    [
        ("kosong.pdf", b"", Refusal.EMPTY),
        ("besar.pdf", PDF + b" " * MIB, Refusal.TOO_LARGE),
        ("halaman.html", b"<html><script>alert(1)</script>", Refusal.TYPE_NOT_ALLOWED),
        ("program.pdf", b"MZ\x90\x00" + bytes(100), Refusal.TYPE_NOT_ALLOWED),
        ("gambar.png", b"GIF89a" + bytes(100), Refusal.TYPE_NOT_ALLOWED),
        ("arsip.docx", office("a.txt"), Refusal.TYPE_NOT_ALLOWED),
        ("tayangan.pptx", office("ppt/presentation.xml"), Refusal.TYPE_NOT_ALLOWED),
        ("foto.png", JPEG, Refusal.EXTENSION_DIFFERS),
        ("laporan.pdf.exe", PDF, Refusal.EXTENSION_DIFFERS),
        ("laporan", PDF, Refusal.EXTENSION_DIFFERS),
        ("surat.xlsx", DOCX, Refusal.EXTENSION_DIFFERS),
        ("putus.pdf", PDF[:20], Refusal.DAMAGED),
        ("putus.png", PNG[:-20], Refusal.DAMAGED),
        ("putus.jpg", JPEG[:20], Refusal.DAMAGED),
        ("skrip.jpg", b"\xff\xd8\xff<script>alert(1)</script>", Refusal.DAMAGED),
        ("putus.docx", DOCX[:-60], Refusal.DAMAGED),
        ("tanpa-jenis.docx", DOCX.replace(b"[Content_Types].xml", b"[Content_Typed].xml"), Refusal.DAMAGED),
        ("keluar.docx", office("word/document.xml", "../../etc/passwd"), Refusal.DAMAGED),
        ("makro.docx", office("word/document.xml", "word/vbaProject.bin"), Refusal.MACROS),
        ("makro.docx", office("word/document.xml", content_types=MACRO_TYPES), Refusal.MACROS),
        ("makro.xlsx", office("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), Refusal.MACROS),
        ("bom.docx", office("word/document.xml", filler=bytes(20 * MIB)), Refusal.BOMB),
        ("bom.xlsx", office("xl/workbook.xml", *(str(number) for number in range(10_000))), Refusal.BOMB),
        ("ganda.pdf", b"<html><script>alert(1)</script>" + PDF, Refusal.POLYGLOT),
        ("ganda.pdf", PDF[:-6] + DOCX + b"%%EOF\n", Refusal.POLYGLOT),
        ("ganda.png", PNG + b"<script>alert(1)</script>", Refusal.POLYGLOT),
        ("ganda.jpg", JPEG + DOCX, Refusal.POLYGLOT),
        ("ganda.docx", DOCX + sheet(), Refusal.POLYGLOT),
        ("ganda.docx", DOCX + b"<script>alert(1)</script>", Refusal.POLYGLOT),
        ("ganda.docx", office("word/document.xml", "xl/workbook.xml"), Refusal.POLYGLOT),
    ],
)
def test_a_file_that_is_not_what_it_claims_leaves_nothing(
    store: FileStore, filename: str, content: bytes, reason: Refusal
) -> None:
    with pytest.raises(FileRefused) as refused:
        store.put(content, filename=filename, limit=MIB)

    assert refused.value.code == reason.value
    assert files_in(store) == []


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_a_damaged_part_is_refused_however_it_is_packed(store: FileStore, packing: int) -> None:
    with pytest.raises(FileRefused) as refused:
        store.put(oddly_packed(packing), filename="rusak.docx", limit=MIB)

    assert refused.value.code == "file.damaged"


def test_an_encrypted_part_is_refused(store: FileStore) -> None:
    encrypted = bytearray(office("word/document.xml"))
    for record, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.rindex(record) + offset] |= 1

    with pytest.raises(FileRefused) as refused:
        store.put(bytes(encrypted), filename="sandi.docx", limit=MIB)

    assert refused.value.code == "file.encrypted"


@given(st.binary(max_size=300), st.sampled_from([PDF, PNG, JPEG, DOCX]), st.sampled_from(["a.pdf", "a.png", "a.docx"]))
def test_any_bytes_are_kept_or_refused_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, start: bytes, filename: str
) -> None:
    store = FileStore(tmp_path_factory.getbasetemp() / "any")
    content = start[: len(tail)] + tail

    try:
        stored = store.put(content, filename=filename, limit=MIB)
    except FileRefused as refused:
        assert refused.code in set(Refusal)
    else:
        assert store.verify(stored.sha256)


def test_the_same_content_is_kept_once_under_any_name(store: FileStore) -> None:
    first = store.put(io.BytesIO(PDF), filename="satu.pdf", limit=MIB)
    second = store.put(PDF, filename="dua.pdf", limit=MIB)

    assert first.sha256 == second.sha256
    assert (first.filename, second.filename) == ("satu.pdf", "dua.pdf")
    assert [path.name for path in files_in(store)] == [first.sha256]


def test_the_place_of_a_file_is_made_of_its_hash_only(store: FileStore) -> None:
    stored = store.put(PDF, filename="../../../etc/cron.d/laporan.pdf", limit=MIB)

    digest = stored.sha256
    store.claim(digest)
    assert files_in(store) == [store.root / digest[:2] / digest[2:4] / digest]
    assert stored.filename == "laporan.pdf"


def test_a_file_that_changed_on_the_disk_is_noticed(store: FileStore) -> None:
    digest = store.put(PDF, filename="laporan.pdf", limit=MIB).sha256
    before = store.verify(digest)
    [path] = files_in(store)

    path.chmod(0o600)
    path.write_bytes(PDF.replace(b"1", b"2"))

    assert (before, store.verify(digest), store.exists(digest)) == (True, False, True)


def test_what_is_not_kept_is_not_found(store: FileStore) -> None:
    absent = "0" * 64

    assert (store.exists(absent), store.verify(absent)) == (False, False)
    with pytest.raises(NotFound):
        store.open(absent)
    with pytest.raises(NotFound):
        store.open("../../etc/passwd")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Dokumen\\laporan.pdf", "laporan.pdf"),
        ("gambar\u202egnp.pdf", "gambargnp.pdf"),
        ("lap\x00oran\n.pdf", "laporan.pdf"),
        (" .pdf", "pdf"),
        ("...", "berkas"),
        ("a" * 500 + ".docx", "a" * 115 + ".docx"),
    ],
)
def test_a_name_is_cleaned_for_the_screen(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_what_was_allowed_elsewhere_is_taken_under_its_hash_and_waits(store: FileStore) -> None:
    name = hashlib.sha256(b"allowed there").hexdigest()

    store.take(io.BytesIO(b"allowed there"), name)

    assert (store.root / "waiting" / name).read_bytes() == b"allowed there"
    store.claim_all([name, name])
    assert store.verify(name) and not list((store.root / "waiting").iterdir())


def test_what_has_another_hash_than_it_should_is_not_taken(store: FileStore) -> None:
    with pytest.raises(FileRefused):
        store.take(io.BytesIO(b"something else"), "a" * 64)
    with pytest.raises(NotFound):
        store.claim_all(["a" * 64])

    assert not [path for path in store.root.rglob("*") if path.is_file()]
