"""Files of the training pages: kept when they come, and given to be saved."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from flask import send_file
from werkzeug.wrappers import Response
from wtforms import widgets

from engine.records.contents import MOST_UNPACKED, FileRefused
from engine.records.files import StoredFile
from forms import FileField, KeptFile, Text, Upload
from webapp.current import current_alur
from webapp.security import LARGEST_REQUEST
from webapp.texts import gettext as _
from webapp.texts import language, text_for

SANDBOX: Final = "default-src 'none'; sandbox"
PAPERS: Final = ("pdf", "png", "jpeg")
#: So many certificates come at once at most, alone or in an archive.
MOST_CERTIFICATES: Final = 300
LARGEST_CERTIFICATE: Final = 10 * 1024 * 1024
LARGEST_ARCHIVE_MEGABYTES: Final = 40


class CertificatesField(FileField):
    """Several certificates, or archives of them."""

    def __init__(self, label: Text, validators: Sequence[Any], **kwargs: Any) -> None:
        """Accept scans and ZIP archives."""
        most = {"max_files": MOST_CERTIFICATES, "max_megabytes": LARGEST_ARCHIVE_MEGABYTES}
        super().__init__(label, validators, accept=PAPERS, **most, **kwargs)
        self.accept, self.endings = (*self.accept, "zip"), (*self.endings, ".zip")
        self.flags.accept = ",".join(self.endings)
        self.widget = widgets.FileInput(multiple=True)


def single_files(uploads: Iterable[Upload]) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name of each file and its content, those of archives one by one; instead of a content what is wrong."""
    for upload in uploads:
        name = upload.filename or ""
        if name.lower().endswith(".zip"):
            yield from _unpacked(name, upload.stream.read())
        else:
            yield name, upload.stream.read()


def store_upload(upload: Upload) -> KeptFile | str:
    """Return a file that a form has brought as it is kept now, or in words why it is refused."""
    stored = store_file(upload.filename or "", upload.stream.read())
    if isinstance(stored, str):
        return stored
    return KeptFile(stored.sha256, stored.filename, stored.media_type, stored.size)


def store_file(name: str, content: bytes) -> StoredFile | str:
    """Return a file as it is kept now, or in words why it is refused."""
    try:
        return current_alur().files.put(content, filename=name, limit=LARGEST_REQUEST)
    except FileRefused as error:
        return f"“{name}”: {text_for(error.code, error.params, language())}"


def send_kept(sha256: str, media_type: str, filename: str) -> Response:
    """Return a kept file to be saved and never to be shown inside the page."""
    content = current_alur().files.open(sha256)
    answer = send_file(content, mimetype=media_type, as_attachment=True, download_name=filename)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _unpacked(name: str, packed: bytes) -> Iterator[tuple[str, bytes | str]]:
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            inside = [item for item in archive.infolist() if not item.is_dir() and "__MACOSX" not in item.filename]
            if len(inside) > MOST_CERTIFICATES:
                most = {"most": MOST_CERTIFICATES}
                yield name, _("Arsip ini memuat lebih dari %(most)s berkas. Bagi menjadi beberapa arsip.", **most)
                return
            unpacked = 0
            for item in inside:
                content = _read(archive, item)
                unpacked += len(content)
                if unpacked > MOST_UNPACKED:
                    yield name, _("Isi arsip ini terlalu besar. Bagi menjadi beberapa arsip.")
                    return
                yield item.filename.rpartition("/")[2], content
    # What zipfile raises: a broken archive, a way of packing it does not know, a password, an end that came too soon.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        yield name, _("Arsip ini rusak atau terkunci kata sandi. Buat arsip ZIP yang baru, lalu unggah lagi.")


def _read(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes | str:
    with archive.open(item) as file:
        content = file.read(LARGEST_CERTIFICATE + 1)  # what the archive says of its size may be a lie
    if len(content) > LARGEST_CERTIFICATE:
        return _("Berkas ini lebih besar dari 10 MB. Kecilkan, lalu unggah lagi.")
    return content
