"""The forms of the sign-in."""

import re
from typing import Any

from wtforms import widgets
from wtforms.validators import ValidationError

from forms import AlurForm, ChoiceField, DateField, Length, Required, Text, TextField
from forms.cleaning import InputError
from webapp.auth.passwords import LONGEST_PASSWORD

NIP = Text("NIP", "NIP")
NIP_HINT = Text(
    "18 angka, tertulis di kartu pegawai Anda. Spasi boleh.", "18 digits, on your staff card. Spaces are fine."
)
PASSWORD_HINT = Text(
    "Paling sedikit 12 karakter. Paling mudah: empat kata biasa yang tidak berhubungan, misalnya nama benda di dapur.",
    "At least 12 characters. The easiest way: four ordinary words that have nothing to do with each other.",
)


EMAIL = Text("Alamat surel", "E-mail address")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")


class EmailAddress:
    """The text has the shape of an e-mail address; whether anybody reads there, only he can tell."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse any other text."""
        if field.data and not _EMAIL.fullmatch(str(field.data)):
            raise ValidationError(field.say("Invalid email address."))


_OF_SELECTION = Text(
    "Hari terakhir tamu dapat masuk. Undangan juga berakhir tujuh hari sesudah seleksi selesai.",
    "The last day on which the guest may sign in. It also ends seven days after the selection has ended.",
)
_OF_DESIGN = Text(
    "Hari terakhir tamu dapat masuk. Undangan juga berakhir begitu rancangan dirilis atau disingkirkan.",
    "The last day on which the guest may sign in. It also ends as soon as the design is released or put away.",
)


def _last_day(hint: Text) -> DateField:
    return DateField(Text("Berlaku sampai", "Valid until"), [Required()], hint=hint)


def _name() -> TextField:
    return TextField(Text("Nama lengkap", "Full name"), [Required(), Length(3, 200)], max_length=200)


def _institution() -> TextField:
    return TextField(
        Text("Lembaga", "Institution"),
        [Required(), Length(3, 200)],
        hint=Text("Misalnya perguruan tinggi atau instansi asalnya.", "Such as the university or agency."),
        max_length=200,
    )


def _email() -> TextField:
    return TextField(
        EMAIL,
        [Required(), EmailAddress()],
        hint=Text("Dipakai tamu untuk masuk. Alur tidak mengirim surel.", "To sign in with. Alur sends no mail to it."),
        max_length=200,
        render_kw={"inputmode": "email", "autocapitalize": "none"},
    )


class PasswordField(TextField):
    """A secret: taken as it was typed, never shown again, kept in no draft."""

    widget = widgets.PasswordInput(hide_value=True)

    def parse(self, typed: str) -> str | None:
        """Return the secret with its spaces.

        :raise InputError: it is longer than a password may be, or holds what no keyboard types.
        """
        if len(typed) > 2 * LONGEST_PASSWORD:
            raise InputError("Write at most %(max)d characters.", max=LONGEST_PASSWORD)
        if any(0xD800 <= ord(sign) <= 0xDFFF or sign == "\0" for sign in typed):
            raise InputError("This arrived in a form that cannot be read. Please fill it in again.")
        return typed or None

    def draft(self) -> object:
        """Return nothing: a secret is in no draft."""
        return None


class SignInForm(AlurForm):
    """Who somebody is."""

    nip = TextField(
        NIP,
        [Required()],
        hint=NIP_HINT,
        max_length=40,
        render_kw={"autocomplete": "username", "inputmode": "numeric", "autofocus": True},
    )
    secret = PasswordField(
        Text("Kata sandi", "Password"),
        [Required()],
        hint=Text(
            "Masuk pertama kali? Tulis kode dari pengelola kepegawaian di sini.",
            "Signing in for the first time? Write the code from your HR officer here.",
        ),
        render_kw={"autocomplete": "current-password"},
    )


class GuestSignInForm(AlurForm):
    """Which guest somebody is."""

    email = TextField(
        EMAIL,
        [Required()],
        hint=Text("Alamat yang tertulis di lembar undangan Anda.", "The address on your invitation sheet."),
        max_length=200,
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "autofocus": True},
    )
    secret = PasswordField(
        Text("Kata sandi", "Password"),
        [Required()],
        hint=Text(
            "Masuk pertama kali? Tulis kode dari lembar undangan di sini.",
            "Signing in for the first time? Write the code from your invitation sheet here.",
        ),
        render_kw={"autocomplete": "current-password"},
    )


class InviteForm(AlurForm):
    """Who is invited from outside, to which selection, until when."""

    case = ChoiceField(
        Text("Seleksi", "Selection"),
        [Required()],
        hint=Text("Tamu hanya melihat seleksi ini.", "The guest sees this selection only."),
    )
    name = _name()
    institution = _institution()
    email = _email()
    valid_until = _last_day(_OF_SELECTION)


class DesignInviteForm(AlurForm):
    """Who is invited from outside to say what he thinks of a design, until when."""

    name = _name()
    institution = _institution()
    email = _email()
    valid_until = _last_day(_OF_DESIGN)


class GuestDayForm(AlurForm):
    """Until when a guest of a selection may sign in."""

    valid_until = _last_day(_OF_SELECTION)


class DesignGuestDayForm(AlurForm):
    """Until when a guest of a design may sign in."""

    valid_until = _last_day(_OF_DESIGN)


def _new_password() -> PasswordField:
    return PasswordField(
        Text("Kata sandi baru", "New password"),
        [Required()],
        hint=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


def _again() -> PasswordField:
    return PasswordField(
        Text("Ulangi kata sandi", "Repeat the password"), [Required()], render_kw={"autocomplete": "new-password"}
    )


class NewPasswordForm(AlurForm):
    """A password, typed twice."""

    password = _new_password()
    again = _again()

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether both are the same."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.password.data != self.again.data:
            words = Text("Kedua kata sandi tidak sama. Ketik ulang.", "The passwords differ. Please type them again.")
            self.add_error("again", words.to(self.language))
            return False
        return is_valid


class ChangePasswordForm(NewPasswordForm):
    """The present password, and a new one typed twice."""

    current = PasswordField(
        Text("Kata sandi saat ini", "Present password"),
        [Required()],
        render_kw={"autocomplete": "current-password"},
    )
    # Made anew, because fields stand in the order in which they are made: what one knows comes first.
    password = _new_password()
    again = _again()


class FirstAdministratorForm(NewPasswordForm):
    """Who a city's first administrator is, and his password."""

    name = TextField(Text("Nama lengkap", "Full name"), [Required(), Length(3, 200)], max_length=200)
    nip = TextField(NIP, [Required()], hint=NIP_HINT, max_length=40, render_kw={"inputmode": "numeric"})
    password = _new_password()
    again = _again()
