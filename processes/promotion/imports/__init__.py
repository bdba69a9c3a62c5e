"""Imports of careers: competencies, posts' analysis and need; ranks, education and credit scores."""

from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name
from processes.promotion.imports.analysis import APPROVED, DUTIES, FACTORS
from processes.promotion.imports.careers import CAREER_GROUPS, CAREER_KINDS
from processes.promotion.imports.competencies import COMPETENCIES, LEVELS, STANDARDS
from processes.promotion.imports.needs import COMPETENCE, CONTEXT, NEEDS

#: In the order in which a city needs them.
POST_GROUPS = (
    ImportGroup(
        Text("Kompetensi", "Competencies"),
        Text(
            "Apa yang diminta setiap jabatan, dan apa yang sudah dikuasai orangnya.",
            "What each post asks for, and what its holder has.",
        ),
        (COMPETENCIES, STANDARDS, LEVELS),
    ),
    ImportGroup(
        Text("Kebutuhan pegawai", "Staffing"),
        Text(
            "Beban kerja setiap jabatan, dan rencana kebutuhan lima tahun.",
            "The workload of each post, and the plan of needs over five years.",
        ),
        (DUTIES, FACTORS, APPROVED, CONTEXT, NEEDS, COMPETENCE),
    ),
)
POST_KINDS: dict[str, ImportKind] = by_name(POST_GROUPS)

__all__ = ["CAREER_GROUPS", "CAREER_KINDS", "POST_GROUPS", "POST_KINDS"]
