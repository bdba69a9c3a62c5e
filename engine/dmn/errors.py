"""What can go wrong with decisions: the file cannot be read, a decision is invalid, or its rules contradict."""

from collections.abc import Mapping

from engine.dmn.problems import Problem
from engine.errors import EngineError
from engine.feel import Language

_READING: Mapping[str, tuple[str, str]] = {
    "too_large": (
        "Berkas DMN terlalu besar ({found} bita, paling banyak {limit}). Pecah menjadi beberapa berkas.",
        "The DMN file is too large ({found} bytes, at most {limit}). Split it into several files.",
    ),
    "encoding": (
        "Berkas DMN harus memakai UTF-8. Simpan ulang sebagai UTF-8.",
        "The DMN file must be UTF-8. Save it again as UTF-8.",
    ),
    "doctype": (
        "Berkas DMN memuat DOCTYPE atau ENTITY, yang tidak diizinkan. Hapus bagian itu.",
        "The DMN file holds a DOCTYPE or ENTITY, which is not allowed. Remove it.",
    ),
    "not_xml": (
        "Berkas DMN bukan XML yang sah: {found}. Buka dan simpan ulang di penyunting DMN.",
        "The DMN file is not valid XML: {found}. Open and save it again in a DMN editor.",
    ),
    "not_dmn": (
        "Unsur pertama adalah '{found}', padahal seharusnya 'definitions' dari DMN 1.1 sampai 1.5.",
        "The root element is '{found}', but it must be 'definitions' of DMN 1.1 to 1.5.",
    ),
    "too_deep": (
        "Berkas DMN bersarang terlalu dalam (paling banyak {limit} tingkat). Pecah menjadi beberapa keputusan.",
        "The DMN file is nested too deeply (at most {limit} levels). Split it into several decisions.",
    ),
    "too_many": (
        "Berkas DMN memuat terlalu banyak unsur XML (paling banyak {limit}). Pecah menjadi beberapa berkas.",
        "The DMN file holds too many XML elements (at most {limit}). Split it into several files.",
    ),
    "no_id": (
        "Ada keputusan tanpa id dan nama. Beri id yang tetap.",
        "A decision has neither id nor name. Give it a lasting id.",
    ),
    "duplicate_id": (
        "Id '{found}' dipakai dua kali. Ganti salah satunya.",
        "The id '{found}' is used twice. Change one of them.",
    ),
}


class DecisionError(EngineError):
    """The decision gives no result; the file, the table or its rules must be changed first."""

    def __init__(self, texts: Mapping[Language, str], **params: object) -> None:
        self._texts = texts
        super().__init__(texts["en"], **params)

    def message(self, language: Language) -> str:
        """Return what is wrong and the way out, in one language."""
        return self._texts[language]


class DmnUnreadable(DecisionError):
    """The bytes are not a DMN file that can be read safely."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = f"dmn.{code}"
        indonesian, english = _READING[code]
        super().__init__({"id": indonesian.format_map(params), "en": english.format_map(params)}, **params)


class DecisionInvalid(DecisionError):
    """The decision cannot be used; ``problems`` say why, all of them, one a line of the message."""

    code = "dmn.decision_invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        indonesian = "\n".join(problem.message("id") for problem in problems)
        super().__init__({"id": indonesian, "en": "\n".join(problem.message("en") for problem in problems)})


class DecisionConflict(DecisionError):
    """Several rules of a UNIQUE table apply to the same input."""

    code = "dmn.decision_conflict"

    def __init__(self, decision: str, rules: tuple[str, ...], inputs: Mapping[str, object]) -> None:
        self.decision, self.rules, self.inputs = decision, rules, inputs
        words = {"decision": decision, "rules": ", ".join(rules)}
        super().__init__(
            {"id": _CONFLICT[0].format_map(words), "en": _CONFLICT[1].format_map(words)}, decision=decision, rules=rules
        )


_CONFLICT = (
    "Keputusan '{decision}': aturan {rules} berlaku bersamaan, padahal hit policy-nya UNIQUE. "
    "Ubah aturannya agar tidak tumpang tindih, atau pilih FIRST.",
    "Decision '{decision}': rules {rules} apply at the same time, but its hit policy is UNIQUE. "
    "Make the rules exclude each other, or choose FIRST.",
)
