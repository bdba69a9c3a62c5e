"""What the list of forms can do: a new one, a copy, another key, away with one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.studio.form_builder.items import free_name, name_from, read_plain, write_plain
from webapp.studio.form_builder.making import new_form
from webapp.studio.form_builder.usage import KEY, Files, file_of, steps_by_form, with_new_key
from webapp.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be saved, or why nothing is.

    :param opens: the key of the form that is shown next; None for the list.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    done: str = ""
    refusal: str = ""
    opens: str | None = None


def read_wish(files: Files, sent: Mapping[str, str], language: str) -> Wish:
    """Return what somebody wants to do with the forms of a design."""
    key = sent.get("key", "")
    if sent.get("do") == "new":
        return _new(files, sent)
    if file_of(key) not in files:
        return Wish(refusal=_("Formulir ini sudah tidak ada. Muat ulang daftarnya."))
    if sent.get("do") == "copy":
        return _copy(files, key)
    if sent.get("do") == "rename":
        return _rename(files, key, sent.get("new", "").strip())
    return _delete(files, key, language) if sent.get("do") == "delete" else Wish(refusal=_("Pilih salah satu tombol."))


def _new(files: Files, sent: Mapping[str, str]) -> Wish:
    indonesian, english = (sent.get(f"title-{language}", "").strip()[:200] for language in ("id", "en"))
    if not indonesian or not english:
        return Wish(refusal=_("Tulis judul formulir dalam kedua bahasa."))
    key = free_name(name_from(english, fallback="form"), _keys(files))
    content = write_plain(new_form(indonesian, english))
    return Wish({file_of(key): content}, _("Formulir dibuat dengan satu isian. Tambahkan isian lain."), opens=key)


def _copy(files: Files, key: str) -> Wish:
    new = free_name(f"{key[:50]}_copy", _keys(files))
    plain = read_plain(files[file_of(key)])
    title = plain.get("title")
    if isinstance(title, dict):
        plain = {**plain, "title": {"id": f"{title.get('id')} (salinan)", "en": f"{title.get('en')} (copy)"}}
    return Wish({file_of(new): write_plain(plain)}, _("Formulir disalin."), opens=new)


def _rename(files: Files, key: str, new: str) -> Wish:
    if not KEY.fullmatch(new):
        return Wish(
            refusal=_("Kunci formulir terdiri atas huruf, angka, titik, garis, atau garis bawah, paling banyak 61.")
        )
    if new == key:
        return Wish(refusal=_("Kunci formulir tidak berubah."))
    if file_of(new) in files:
        return Wish(refusal=_("Sudah ada formulir dengan kunci “%(key)s”. Pilih kunci lain.", key=new))
    changed = with_new_key(files, key, new)
    return Wish(changed, _("Kunci formulir diganti, juga di langkah yang memakainya."))


def _delete(files: Files, key: str, language: str) -> Wish:
    steps = steps_by_form(files, language).get(key, ())
    if steps:
        told = ", ".join(f"“{step}”" for step in steps)
        return Wish(
            refusal=_("Formulir ini masih dipakai langkah %(steps)s. Ganti formulir di langkah itu dahulu.", steps=told)
        )
    return Wish({file_of(key): None}, _("Formulir dihapus."))


def _keys(files: Files) -> list[str]:
    return [name.removeprefix("forms/").removesuffix(".json") for name in files if name.startswith("forms/")]
