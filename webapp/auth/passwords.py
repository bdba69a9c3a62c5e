"""Passwords: hashed by Flask-Security (argon2id, keyed), judged in plain words."""

import secrets
from collections.abc import Iterable
from functools import cache

from flask import current_app
from flask_security import hash_password, verify_password

from webapp.auth.models import SHORTEST_PASSWORD
from webapp.texts import gettext as _

LONGEST_PASSWORD = 128
FEWEST_DIFFERENT = 5
#: Word stems that guessers try first here.
COMMON = ("password", "katasandi", "sandi", "indonesia", "qwerty", "admin", "rahasia", "pegawai", "123456", "bismillah")
_SHORT_NAME = 4


def hash_new_password(password: str) -> str:
    """Return the hash under which a password is kept."""
    return str(hash_password(normal_password(password)))


def is_password(password: str, stored: str | None) -> bool:
    """Say whether a password is the stored one, in the same time whether one is stored or not."""
    known = stored is not None
    return bool(verify_password(normal_password(password), stored or _nobodys_hash())) and known


def spend_the_time() -> None:
    """Take as long as a check of a password does."""
    verify_password("-", _nobodys_hash())


def find_faults(password: str, about: Iterable[str]) -> list[str]:
    """Return what is wrong with a new password, each with the way out; empty if it is good.

    :param about: the person's names and number, which others know as well.
    """
    faults, normal = current_app.extensions["security"].password_util.validate(password, True)
    if faults:
        return [_length_fault(password)] if len(normal) > LONGEST_PASSWORD else list(faults)
    return [fault for fault in (_too_even(normal), _too_known(normal, about)) if fault]


def _length_fault(password: str) -> str:
    return _("Kata sandi paling banyak %(longest)s karakter.", longest=LONGEST_PASSWORD)


def _too_even(password: str) -> str:
    if len(set(password.lower())) >= FEWEST_DIFFERENT:
        return ""
    return _("Kata sandi ini terlalu banyak mengulang huruf yang sama. Pakai beberapa kata yang berbeda.")


def _too_known(password: str, about: Iterable[str]) -> str:
    """Refuse what is little more than a common word or something everybody knows about the person."""
    rest = password.lower().replace(" ", "")
    for word in (*COMMON, *_words(about)):
        rest = rest.replace(word, "")
    letters = [sign for sign in rest if not sign.isdigit()]
    if len(letters) >= FEWEST_DIFFERENT:
        return ""
    return _("Kata sandi ini mudah ditebak. Jangan hanya memakai nama, NIP, angka, atau kata yang umum.")


def _words(about: Iterable[str]) -> list[str]:
    words = [word.strip(".,").lower() for text in about for word in text.split()]
    return sorted((word for word in words if len(word) >= _SHORT_NAME), key=len, reverse=True)


def strength(password: str) -> str:
    """Return in plain words how well a good password protects."""
    kinds = len(password.split())
    if len(password) >= 2 * SHORTEST_PASSWORD - 4 or kinds >= 4:
        return _("Kuat: sulit ditebak, juga oleh komputer.")
    return _("Cukup. Satu kata lagi membuatnya jauh lebih kuat.")


def normal_password(password: str) -> str:
    """Return a password in the form that is hashed: the same signs however a keyboard composes them."""
    return str(current_app.extensions["security"].password_util.normalize(password))


def _nobodys_hash() -> str:
    return _cached_hash(current_app.config["SECURITY_PASSWORD_SALT"])


@cache
def _cached_hash(_salt: str) -> str:
    """Return the hash of a password that nobody knows, made as all others are."""
    return str(hash_password(secrets.token_urlsafe(32)))
