"""The address that is printed on paper: how people reach their city, whatever host name a request happened to carry."""

from urllib.parse import urlsplit

from webapp.wiring import Settings

#: An address of the machine itself is no word to print: nobody has set `ALUR_BASE_URL`.
ONLY_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def city_address(settings: Settings, city: str) -> str | None:
    """Return the address of a city without a slash at its end; None if the installation was not told any.

    A host name that belongs to one city names it already; behind it there is no path of the city.
    """
    base = urlsplit(settings.base_url)
    host = (base.hostname or "").lower()
    owner = settings.hosts.get(host)
    if owner == city:
        return settings.base_url
    if owner is None and host not in ONLY_HERE:
        return f"{settings.base_url}/{city}"
    own = sorted(name for name, of in settings.hosts.items() if of == city)
    return f"{base.scheme}://{own[0]}" if own else None
