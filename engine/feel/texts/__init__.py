"""The sentences a process owner reads when an expression is wrong, in Indonesian and English."""

from engine.feel.texts.budget import BUDGET
from engine.feel.texts.hints import HINTS
from engine.feel.texts.notes import NOTES
from engine.feel.texts.rendering import render
from engine.feel.texts.syntax import SYNTAX
from engine.feel.texts.words import Catalogue, Language

__all__ = ["BUDGET", "HINTS", "NOTES", "SYNTAX", "Catalogue", "Language", "render"]
