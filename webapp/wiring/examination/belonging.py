"""Looks whether this host's folder of files and its secrets are those of the database."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from webapp.wiring.alur import FILES_FOLDER, Alur
from webapp.wiring.belonging import MARK_FILE, Trouble, is_marked, look
from webapp.wiring.examination.finding import Finding, State
from webapp.wiring.settings import SECRETS_FILE

#: What is wrong, and what to do; `{folder}` and `{secrets}` are filled in.
WORDS: Final[Mapping[Trouble, tuple[str, str]]] = {
    Trouble.FOLDER_BARE: (
        "Folder {folder} bukan folder berkas milik basis data ini: tanda {mark} tidak ada di dalamnya.",
        "Biasanya folder bersama belum dipasang di komputer ini. Pasang (mount) folder itu, lalu jalankan lagi. "
        "Bila isi folder ini memang benar dan lengkap, nyatakan sekali saja: alur adopt",
    ),
    Trouble.FOLDER_OF_OTHERS: (
        "Folder {folder} milik basis data lain: tanda {mark} di dalamnya bukan tanda basis data ini.",
        "Periksa ALUR_DATABASE_URL dan folder bersama yang dipasang di komputer ini. Bila basis data ini memang baru, "
        "pindahkan dahulu folder lama itu. Bila keduanya memang sepasang, nyatakan sekali saja: alur adopt",
    ),
    Trouble.FOLDER_SHUT: (
        "Folder {folder} tidak dapat dibaca, atau belum bertanda dan tidak dapat ditulisi.",
        "Periksa pemilik dan izinnya, dan apakah folder bersama dipasang hanya-baca: chown -R alur: {folder}",
    ),
    Trouble.SECRETS_OF_OTHERS: (
        "Isi {secrets} bukan rahasia instalasi ini; kata sandi dan sesi dari komputer lain tidak akan berlaku.",
        "Salin secrets.json dari komputer lain yang sudah berjalan, atau dari cadangan, lalu chmod 600. "
        "Bila rahasianya memang diganti, nyatakan sekali saja: alur adopt",
    ),
}
_FILES, _SECRETS = "Folder berkas milik basis data ini", "Rahasia milik basis data ini"


def examine_belonging(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of the folder and of the secrets."""
    troubles, is_known = look(alur), is_marked(alur)
    for topic, what, of in (
        ("belonging.files", _FILES, frozenset(Trouble) - {Trouble.SECRETS_OF_OTHERS}),
        ("belonging.secrets", _SECRETS, frozenset({Trouble.SECRETS_OF_OTHERS})),
    ):
        found = [said_of(item, alur.settings.home) for item in troubles & of]
        if found:
            yield Finding(topic, what, State.ERROR, *found[0])
        else:
            yield Finding(topic, what, State.GOOD, "ya" if is_known else "belum ditandai; ditandai pada awal pertama")


def said_of(trouble: Trouble, home: Path) -> tuple[str, str]:
    """Return what is wrong and what to do, with the names of this installation."""
    names = {"folder": home / FILES_FOLDER, "secrets": home / SECRETS_FILE, "mark": MARK_FILE}
    found, advice = WORDS[trouble]
    return found.format_map(names), advice.format_map(names)
