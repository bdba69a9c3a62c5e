"""How spreadsheets, other languages and word processors write what FEEL writes otherwise."""

from collections.abc import Mapping

KEYWORDS = frozenset(
    "and or in if then else for return some every satisfies between instance true false null function".split()
)
"""The words that FEEL keeps for itself."""
OPERATORS: Mapping[str, str] = {
    "==": "=",
    "=<": "<=",
    "=>": ">=",
    "<>": "!=",
    "=!": "!=",
    ":=": "=",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not(…)",
    "->": ".",
    "^": "**",
    "++": "+",
    "?": "if … then … else …",
    "#": "//",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "–": "-",
    "—": "-",
    "−": "-",
}
QUOTES = "“”„‟‘‛«»`"
"""Quotation marks of word processors; ’ may be part of a name."""
WORDS: Mapping[str, str] = {
    "not": "not(…)",
    "is": "=",
    "like": "contains(…)",
    "where": "satisfies",
    "elif": "else if",
    "elseif": "else if",
    "jika": "if",
    "kalau": "if",
    "maka": "then",
    "selainnya": "else",
    "dan": "and",
    "atau": "or",
    "bukan": "not(…)",
    "tidak": "not(…)",
    "untuk": "for",
    "antara": "between",
    "benar": "true",
    "salah": "false",
    "none": "null",
    "nil": "null",
    "kosong": "null",
}
FUNCTIONS: Mapping[str, str] = {
    "average": "mean",
    "avg": "mean",
    "rata": "mean",
    "jumlah": "sum",
    "len": "string length",
    "length": "string length",
    "panjang": "string length",
    "size": "count",
    "counta": "count",
    "hitung": "count",
    "round": "round half up",
    "bulat": "round half up",
    "bulatkan": "round half up",
    "rounddown": "round down",
    "roundup": "round up",
    "mid": "substring",
    "left": "substring",
    "right": "substring",
    "upper": "upper case",
    "lower": "lower case",
    "mod": "modulo",
    "concat": "string join",
    "isblank": "is defined",
    "datetime": "date and time",
    "startswith": "starts with",
    "endswith": "ends with",
    "unique": "distinct values",
    "networkdays": "working days between",
    "workday": "working days after",
    "hari ini": "today",
    "sekarang": "now",
    "tanggal": "date",
}
"""Functions by the name that others give them."""
TYPES: Mapping[str, str] = {
    "angka": "number",
    "bilangan": "number",
    "int": "number",
    "integer": "number",
    "decimal": "number",
    "float": "number",
    "teks": "string",
    "text": "string",
    "tanggal": "date",
    "jam": "time",
    "waktu": "time",
    "datetime": "date and time",
    "bool": "boolean",
    "daftar": "list",
    "array": "list",
    "konteks": "context",
    "object": "context",
    "rentang": "range",
    "fungsi": "function",
    "durasi": "days and time duration",
    "duration": "days and time duration",
    "daytimeduration": "days and time duration",
    "yearmonthduration": "years and months duration",
}
"""Types by the name that others give them."""


def word_meant(word: str) -> str | None:
    """Return how FEEL writes a word of others, such as AND, dan, TRUE; None for a word of its own."""
    small = word.lower()
    meant = small if small in KEYWORDS else WORDS.get(small)
    return None if meant == word else meant
