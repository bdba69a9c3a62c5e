"""Looks at the folder of the installation: room on the disk, and who may read what."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from webapp.wiring.alur import FILES_FOLDER, Alur
from webapp.wiring.examination.finding import Finding, State, judged
from webapp.wiring.settings import SECRETS_FILE

#: Parts of the disk that are free: below the first people are warned, below the second work may be refused any moment.
SCARCE: Final = 0.10
NONE_LEFT: Final = 0.02
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def examine_disk(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of the disk and of the files on it."""
    home, path = alur.settings.home, alur.database.path
    yield from examine_room(*({home, path.parent} if path else {home}))
    yield from _examine_private(home / SECRETS_FILE, *([path] if path else []))
    yield _examine_files(home / FILES_FOLDER)
    yield _examine_owner(home)


def examine_room(*folders: Path) -> Iterator[Finding]:
    """Yield how much room the disks of some folders have."""
    for folder in sorted(folders):
        usage = shutil.disk_usage(folder)
        part = usage.free / usage.total
        found = f"{usage.free / (1 << 30):.1f} GiB dari {usage.total / (1 << 30):.1f} GiB ({part:.0%})"
        advice = "Perbesar disk, atau pindahkan cadangan lama dan berkas lain dari disk ini."
        state = State.ERROR if part < NONE_LEFT else State.WARNING
        yield judged("disk.room", f"Ruang kosong di {folder}", found, advice, is_good=part >= SCARCE, state=state)


def _examine_private(*paths: Path) -> Iterator[Finding]:
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        advice = f"Orang lain di komputer ini dapat membacanya. Jalankan: chmod 600 {path}"
        yield judged("disk.private", f"Izin {path.name}", f"{mode:o}", advice, is_good=not mode & OTHERS)


def _examine_files(folder: Path) -> Finding:
    is_writable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    return judged(
        "disk.files",
        "Folder bukti dukung",
        "dapat dibaca dan ditulisi" if is_writable else "tidak dapat dibaca atau ditulisi",
        f"Jalankan sebagai root: chown -R alur: {folder}",
        is_good=is_writable,
    )


def _examine_owner(home: Path) -> Finding:
    strangers = [path.name for path in (home, *home.iterdir()) if path.stat().st_uid != os.getuid()]
    return judged(
        "disk.owner",
        "Pemilik isi folder",
        f"bukan pengguna ini: {', '.join(strangers[:5])}" if strangers else "pengguna yang menjalankan perintah ini",
        f"Jalankan alur doctor sebagai pengguna yang menjalankan Alur. Bila itu sudah benar: chown -R alur: {home}",
        is_good=not strangers,
        state=State.WARNING,
    )
