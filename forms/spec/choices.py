"""Checks the options of a choice."""

from forms.spec.report import Report, is_line


def check_choices(report: Report, value: object, path: str) -> None:
    """Note every option without a label or with a value that is unusable or used twice."""
    if not report.is_list(value, path, least=1, most=300):
        return
    seen: set[str] = set()
    for number, choice in enumerate(value):
        place = f"{path}[{number}]"
        if report.is_object(choice, place):
            report.keys(choice, place, allowed=frozenset({"value", "label"}), needed=("value", "label"))
            if "label" in choice:
                report.text(choice["label"], f"{place}.label", 500)
            if "value" in choice:
                _check_choice_value(report, choice["value"], f"{place}.value", seen)


def _check_choice_value(report: Report, value: object, path: str, seen: set[str]) -> None:
    if not is_line(value, 100) or value in seen:
        report.add(
            path,
            "Nilai pilihan harus teks 1 sampai 100 karakter dan tidak boleh sama. Ganti nilainya.",
            "A choice's value is text of 1 to 100 characters, used once. Change the value.",
        )
    else:
        seen.add(value)
