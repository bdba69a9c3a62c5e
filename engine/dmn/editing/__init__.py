"""Decision tables as rows and columns that people type over, and their files, in which only what changed differs."""

from engine.dmn.editing.making import NAME, NewColumn, copy_file, new_table
from engine.dmn.editing.sheets import ANY_VALUE, Column, Part, Row, Sheet, read_sheet
from engine.dmn.editing.writing import write_expression, write_sheet

__all__ = [
    "ANY_VALUE",
    "NAME",
    "Column",
    "NewColumn",
    "Part",
    "Row",
    "Sheet",
    "copy_file",
    "new_table",
    "read_sheet",
    "write_expression",
    "write_sheet",
]
