"""The fields of technical competencies, by which a city sees where people and skills are missing (dossier 8.4: TB-08).

The first three are those that every report names; a field of no competency is left out of reports.
"""

from typing import Final

from processes.people.city import Text

FIELDS: Final[dict[str, Text]] = {
    "health": Text("Kesehatan", "Health"),
    "education": Text("Pendidikan", "Education"),
    "infrastructure": Text("Infrastruktur", "Infrastructure"),
    "administration": Text("Administrasi pemerintahan", "Public administration"),
    "population": Text("Kependudukan", "Civil registry"),
    "licensing": Text("Perizinan", "Permits"),
    "planning": Text("Perencanaan dan keuangan", "Planning and finance"),
    "social": Text("Sosial", "Social affairs"),
    "public_order": Text("Ketenteraman dan ketertiban", "Public order"),
    "oversight": Text("Pengawasan", "Oversight"),
    "personnel": Text("Kepegawaian", "Personnel"),
    "information": Text("Informatika", "Information technology"),
}
#: What a report names also where nothing of it is recorded.
ALWAYS_NAMED: Final = ("health", "education", "infrastructure")


def field_name(field: str, language: str) -> str:
    """Return what a field is called; one that nobody knows keeps its code."""
    text = FIELDS.get(field)
    if text is None:
        return field
    return text.en if language == "en" else text.id
