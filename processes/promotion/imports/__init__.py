"""Imports of careers: competencies, posts' analysis and need; ranks, education and credit scores."""

from processes.people.imports import ImportKind
from processes.promotion.imports.analysis import APPROVED, DUTIES, FACTORS
from processes.promotion.imports.careers import CAREER_KINDS
from processes.promotion.imports.competencies import COMPETENCIES, LEVELS, STANDARDS
from processes.promotion.imports.needs import COMPETENCE, CONTEXT, NEEDS

#: In the order in which a city needs them.
POST_KINDS: dict[str, ImportKind] = {
    kind.name: kind for kind in (COMPETENCIES, STANDARDS, LEVELS, DUTIES, FACTORS, APPROVED, CONTEXT, NEEDS, COMPETENCE)
}

__all__ = ["CAREER_KINDS", "POST_KINDS"]
