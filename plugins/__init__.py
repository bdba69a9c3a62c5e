"""How a city differs: hooks, the manager that asks one named city, the national rules, the kit every city passes."""
