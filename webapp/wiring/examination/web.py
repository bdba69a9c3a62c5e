"""Looks at how people reach the installation: over TLS, by a proxy whose word is taken, at addresses of cities."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged
from webapp.wiring.settings import Settings


def examine_web(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of address, TLS, proxy and hosts."""
    settings = alur.settings
    yield _examine_address(settings)
    yield _examine_proxy(settings)
    for host, city in sorted(settings.hosts.items()):
        advice = f"Siapkan kota itu (alur init {city}) atau perbaiki ALUR_HOSTS."
        yield judged("web.host", f"Alamat {host}", f"kota {city}", advice, is_good=city in alur.served())


def _examine_address(settings: Settings) -> Finding:
    is_good = settings.is_secure or _is_here(settings.base_url)
    return judged(
        "web.address",
        "Alamat (ALUR_BASE_URL)",
        settings.base_url,
        "Kata sandi lewat tanpa sandi jaringan. Pasang TLS di server web, lalu tulis alamat https di ALUR_BASE_URL.",
        is_good=is_good,
    )


def _examine_proxy(settings: Settings) -> Finding:
    proxy = settings.trusted_proxy
    is_good = bool(proxy) or not settings.is_secure
    return judged(
        "web.proxy",
        "Server web di depan (ALUR_TRUSTED_PROXY)",
        proxy or "tidak ada",
        "Alamat https memerlukan server web di depan. Tulis alamatnya, misalnya 127.0.0.1: tanpa itu semua orang "
        "tampak datang dari satu komputer, dan salah ketik satu orang menahan semuanya.",
        is_good=is_good,
        state=State.WARNING,
    )


def _is_here(address: str) -> bool:
    """Whether only this machine is meant."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
