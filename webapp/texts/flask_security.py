"""Flask-Security's own messages, as far as Alur lets it speak: it has no Indonesian catalogue."""

from webapp.texts.speaking import language

#: Indonesian by Flask-Security's English message id.
INDONESIAN = {
    "Password must be at least %(length)s characters": "Kata sandi paling sedikit %(length)s karakter.",
    "Password not complex enough": "Kata sandi terlalu sederhana.",
    "Password on breached list": "Kata sandi ini pernah bocor di internet. Pilih yang lain.",
    "Failed to contact breached passwords site": "Daftar kata sandi bocor tidak dapat diperiksa saat ini.",
    "Passwords do not match": "Kedua kata sandi tidak sama.",
    "Invalid password": "Kata sandi salah.",
    "Your new password must be different than your previous password.": "Kata sandi baru harus berbeda dari yang lama.",
    "Password not provided": "Kata sandi belum diisi.",
    "Account is disabled.": "Akun ini dinonaktifkan.",
    "You do not have permission to view this resource.": "Anda tidak boleh membuka halaman ini.",
    "You must sign in to view this resource.": "Silakan masuk dahulu untuk membuka halaman ini.",
    "You must reauthenticate to access this endpoint": "Silakan masuk lagi untuk membuka halaman ini.",
}


class SecurityTexts:
    """The translations object that Flask-Security asks, in place of its own."""

    def gettext(self, string: str, **variables: object) -> str:
        """Return a message in the reader's language."""
        text = INDONESIAN.get(string, string) if language() == "id" else string
        return text % variables if variables else text

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        """Return a message about a number of things."""
        return self.gettext(singular if num == 1 else plural, num=num, **variables)
