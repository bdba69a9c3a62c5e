"""Says in Indonesian why the operating system refused something."""

import errno
import zipfile
from typing import Final

_REASONS: Final = {
    errno.EACCES: "pengguna komputer ini tidak diizinkan",
    errno.EPERM: "pengguna komputer ini tidak diizinkan",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EROFS: "disk ini hanya dapat dibaca",
    errno.ENOENT: "tidak ada",
    errno.EEXIST: "sudah ada",
    errno.ENOTDIR: "sebagian dari alamatnya berkas, bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTEMPTY: "foldernya tidak kosong",
    errno.EIO: "disk tidak dapat dibaca atau ditulisi; periksa disknya",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EMFILE: "terlalu banyak berkas terbuka",
}


def reason_of(error: BaseException) -> str:
    """Return in some words why a file or folder could not be used, without a full stop."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return where + _REASONS.get(error.errno or 0, f"sistem operasi menolaknya (nomor {error.errno})")
    if isinstance(error, zipfile.BadZipFile):
        return "isinya bukan arsip zip, atau terpotong"
    return "isinya rusak"
