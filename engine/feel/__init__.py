"""FEEL, the expression language of BPMN and DMN (DMN 1.5): the only language in diagrams and decision tables.

It is pure and safe: no attribute of a Python object can be reached, and every evaluation has a budget.
"""

from engine.feel.environment import Budget, Environment
from engine.feel.errors import FeelBudgetExceeded, FeelError, FeelSyntaxError, Note
from engine.feel.evaluation import Evaluation, Expression, UnaryTests, compile_expression, compile_unary_tests, guarded
from engine.feel.naming import special_names
from engine.feel.run import Frame
from engine.feel.texts import Language
from engine.feel.tree import TypeName
from engine.feel.values import Function, MonthDuration, Range

__all__ = [
    "Budget",
    "Environment",
    "Evaluation",
    "Expression",
    "FeelBudgetExceeded",
    "FeelError",
    "FeelSyntaxError",
    "Frame",
    "Function",
    "Language",
    "MonthDuration",
    "Note",
    "Range",
    "TypeName",
    "UnaryTests",
    "compile_expression",
    "compile_unary_tests",
    "guarded",
    "special_names",
]
