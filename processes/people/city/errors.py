"""What can go wrong when a city is asked."""

from __future__ import annotations

from engine.errors import EngineError


class CityError(EngineError):
    """The city could not answer. `text_id` and `text_en` say it to a person, `code` to a program."""

    code = "city.error"
    text_id = "Aturan kota tidak dapat dijalankan. Silakan hubungi admin kota."
    text_en = "The city's rules cannot be run. Please contact the city administrator."

    def __init__(self, city: str, detail: str) -> None:
        """Keep which city it was and, for the log and the administrator, what went wrong."""
        self.city = city
        self.detail = detail
        super().__init__(f"City {city!r}: {detail}", city=city, detail=detail)


class CityUnavailable(CityError):
    """No working plugin is installed for this city."""

    code = "city.unavailable"
    text_id = "Aturan kota ini belum terpasang atau sedang rusak. Silakan hubungi admin kota."
    text_en = "This city's rules are not installed or are broken. Please contact the city administrator."


class CityFailed(CityError):
    """The city's plugin raised an error or answered with something it may not answer."""

    code = "city.failed"
    text_id = "Aturan kota gagal menghitung. Data Anda aman; admin kota perlu memeriksa aturan tersebut."
    text_en = "The city's rule failed. Your data are safe; the city administrator needs to check the rule."


class RuleMismatch(CityError):
    """The rule version a case was started with is not installed any more, or its content has changed."""

    code = "city.rule_mismatch"
    text_id = "Versi aturan yang dipakai kasus ini tidak tersedia atau telah berubah. Silakan hubungi admin kota."
    text_en = "The rule version this case uses is missing or has changed. Please contact the city administrator."
