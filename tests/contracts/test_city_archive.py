"""Every table says whose its rows are, so that nothing of a city is left behind when it moves."""

from sqlalchemy import LargeBinary

from engine.records.schema import metadata
from webapp.wiring import import_records
from webapp.wiring.city_archive.rules import RULES, Own, Stays, Via

import_records()


def test_every_table_says_whose_its_rows_are() -> None:
    assert set(metadata.tables) == set(RULES), "add the table to webapp/wiring/city_archive/rules.py"
    for name, table in metadata.tables.items():
        rule = RULES[name]
        if isinstance(rule, Own):
            assert rule.column in table.c and not table.c[rule.column].nullable
            assert set(rule.blank) <= set(table.c.keys())
        elif isinstance(rule, Via):
            assert all(column in table.c and _is_city(parent) for column, parent in rule.parents.items())
        else:
            assert not isinstance(rule, Stays) or rule.why
        assert "tenant" not in table.c or isinstance(rule, Own) or name in ("audit_seal", "record_proof", "first_link")


def test_every_reference_between_tables_comes_along() -> None:
    for name, table in metadata.tables.items():
        if _is_city(name):
            referred = {key.column.table.name for key in table.foreign_keys}
            assert not any(isinstance(RULES[other], Stays) for other in referred), name


def test_every_column_with_the_hash_of_a_file_is_known() -> None:
    hashes = {name for name, table in metadata.tables.items() if "sha256" in table.c}
    files = {name for name, rule in RULES.items() if isinstance(rule, Own) and rule.files}

    # An import remembers what it read, and does not keep it.
    assert hashes - files == {"import_run"}


def test_every_secret_of_a_person_is_left_out() -> None:
    for name, rule in RULES.items():
        if isinstance(rule, Own | Via):
            blank = rule.blank if isinstance(rule, Own) else {}
            kinds = {column.name: column.type for column in metadata.tables[name].c}
            # A length says that it is a hash.
            keyed = {column for column, of in kinds.items() if isinstance(of, LargeBinary) and of.length is not None}
            of_contents = {"digest"} if name == "case_state" else set[str]()
            assert keyed - of_contents <= set(blank), name


def _is_city(name: str) -> bool:
    return isinstance(RULES[name], Own | Via)
