"""Demonstration data: five made-up cities, written as import files from a fixed seed and loaded through the imports."""

from webapp.demo.files import EXAMPLE, generate
from webapp.demo.load import example_name, load_demo
from webapp.demo.personas import Persona, officers, personas
from webapp.demo.places import CITY_PLANS

#: The codes of the cities that have demonstration data.
DEMO_CITIES = tuple(CITY_PLANS)

__all__ = ["DEMO_CITIES", "EXAMPLE", "Persona", "example_name", "generate", "load_demo", "officers", "personas"]
