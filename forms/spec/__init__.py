"""Declarative forms: `parse_spec` reads and checks one, `form_class` makes a WTForms form of it."""

from forms.spec.advice import Advice, advise
from forms.spec.build import SpecForm, form_class
from forms.spec.check import check_spec
from forms.spec.model import ChoiceSpec, FieldSpec, FormSpec, FormSpecError, Problem, SectionSpec
from forms.spec.read import parse_spec

__all__ = [
    "Advice",
    "ChoiceSpec",
    "FieldSpec",
    "FormSpec",
    "FormSpecError",
    "Problem",
    "SectionSpec",
    "SpecForm",
    "advise",
    "check_spec",
    "form_class",
    "parse_spec",
]
