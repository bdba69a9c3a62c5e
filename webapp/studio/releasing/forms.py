"""Forms of remarks, reviews, releases and of the way back."""

from collections.abc import Iterable
from typing import Any

from engine.designs.reviewing import LONGEST_REASON, LONGEST_REMARK, RemarkKind
from engine.records.design import Verdict
from forms import (
    AlurForm,
    CheckboxField,
    ChoiceField,
    Length,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from webapp.texts import language

LONGEST_NIP = 30  # typed with spaces
SHORTEST_REASON = 10
STAY = "stay"
"""Running cases stay on their releases."""


class ReviewForm(AlurForm):
    """What a second person decides."""

    verdict = RadioField(
        Text("Keputusan Anda", "Your decision"),
        [Required()],
        options=[
            Option(Verdict.APPROVED, Text("Setujui: rancangan ini boleh dirilis", "Approve: it may be released")),
            Option(Verdict.RETURNED, Text("Kembalikan untuk diperbaiki", "Give it back to be mended")),
        ],
    )
    reason = TextAreaField(
        Text("Alasan", "Reason"),
        max_length=LONGEST_REASON,
        rows=3,
        hint=Text(
            "Wajib diisi bila dikembalikan: apa yang harus diperbaiki.",
            "Needed to give it back: what is to be mended.",
        ),
    )


class AnswerForm(AlurForm):
    """What is said to a remark."""

    text = TextAreaField(Text("Jawaban", "Answer"), [Required()], max_length=LONGEST_REMARK, rows=2)


class InviteForm(AlurForm):
    """Which colleague is to say what he thinks."""

    nip = TextField(
        Text("NIP rekan yang diundang", "NIP of the colleague"),
        [Required()],
        max_length=LONGEST_NIP,
        hint=Text(
            "18 angka; spasi boleh. Ia dapat melihat rancangan ini dan memberi catatan, tetapi tidak mengubahnya.",
            "18 digits; spaces are allowed. They can see this design and leave remarks, but not change it.",
        ),
    )


def remark_form(places: Iterable[tuple[str, str]], sent: Any = None) -> AlurForm:
    """Return the form of a new remark.

    :param places: where it may stand, with what that is called.
    """
    kinds = [
        Option(RemarkKind.REMARK, Text("Catatan atau pertanyaan", "Remark or question")),
        Option(RemarkKind.SUGGESTION, Text("Usulan perubahan", "Suggestion of a change")),
    ]
    fields: dict[str, Any] = {
        "kind": RadioField(Text("Jenis", "Kind"), [Required()], options=kinds),
        "place": ChoiceField(
            Text("Tentang bagian", "About the part"), options=[Option(place, name) for place, name in places]
        ),
        "text": TextAreaField(Text("Isi", "What it says"), [Required()], max_length=LONGEST_REMARK, rows=3),
    }
    form: AlurForm = type("RemarkForm", (AlurForm,), fields)(
        sent, language=language(), data={"kind": RemarkKind.REMARK}
    )
    return form


def restore_form(*, has_errors: bool, sent: Any = None) -> AlurForm:
    """Return the form in which somebody says why an earlier release comes again.

    :param has_errors: the check of today refuses it, so that it is asked for a second time.
    """
    hint = Text(
        "Tertulis bersama nama Anda di daftar rilis, dan dibaca semua pemilik proses.",
        "Written into the list of releases with your name, and read by all process owners.",
    )
    fields: dict[str, Any] = {
        "reason": TextAreaField(
            Text("Alasan", "Reason"),
            [Required(), Length(SHORTEST_REASON)],
            max_length=LONGEST_REASON,
            rows=3,
            hint=hint,
        )
    }
    if has_errors:
        label = Text(
            "Saya sudah membaca masalah di atas dan tetap memberlakukan rilis ini",
            "I have read the problems above and put this release in force all the same",
        )
        fields["despite_errors"] = CheckboxField(label, [Required()])
    form: AlurForm = type("RestoreForm", (AlurForm,), fields)(sent, language=language())
    return form


def release_form(moves: Iterable[tuple[str, str]], *, needs_reason: bool, sent: Any = None) -> AlurForm:
    """Return the form that confirms a release.

    :param moves: releases on which cases run, with what looking at their move is called.
    :param needs_reason: not all scenarios go as they say.
    """
    stay = Option(STAY, Text("Biarkan selesai menurut rilisnya sendiri", "Let them end by their own release"))
    listed = [Option(value, label) for value, label in moves]
    fields: dict[str, Any] = {}
    if listed:
        label = Text("Kasus yang sedang berjalan", "Cases that run now")
        fields["cases"] = RadioField(label, [Required()], options=[stay, *listed])
    if needs_reason:
        label = Text("Mengapa tetap dirilis?", "Why is it released all the same?")
        fields["reason"] = TextAreaField(
            label, [Required(), Length(SHORTEST_REASON)], max_length=LONGEST_REASON, rows=3
        )
    form: AlurForm = type("ReleaseForm", (AlurForm,), fields)(sent, language=language(), data={"cases": STAY})
    return form
