"""What axe-core does not look for: a page wider than the screen, words without style, a way that leads nowhere."""

from collections.abc import Iterator
from importlib.metadata import version

from playwright.sync_api import Page

OVERFLOWING = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > page.clientWidth + 1);
    return wide.slice(0, 5).map(one => one.outerHTML.slice(0, 120));
}"""
#: A sheet that did not come, or a class that no rule of the page's sheets names: then its sheet was forgotten. The
#: drawing of a diagram brings its own.
UNSTYLED = """() => {
    const known = new Set();
    const read = rules => [...rules].forEach(rule => {
        if (rule.cssRules) read(rule.cssRules);
        for (const [, name] of (rule.selectorText || "").matchAll(/\\.([A-Za-z_][\\w-]*)/g)) known.add(name);
    });
    const lost = [...document.styleSheets].filter(sheet => {
        try { read(sheet.cssRules); } catch { return true; }
    });
    if (lost.length) return lost.map(sheet => sheet.href);
    const drawn = ".bjs-container, .dmn-js-parent";
    const found = [...document.querySelectorAll("[class]")].filter(one => !one.closest(drawn));
    return [...new Set(found.flatMap(one => [...one.classList]))].filter(name => !known.has(name));
}"""
EMPTY_WAYS = """() => [...document.querySelectorAll("nav")].filter(one => !one.querySelector("a, button"))
    .map(one => one.outerHTML.slice(0, 120))"""
#: The frame's own words: what a page hands over under one of their names would stand in their place.
FOOTER = "() => [...document.querySelectorAll('.foot p')].slice(0, 1).map(one => one.innerText)"


def loose_ends(page: Page) -> Iterator[str]:
    """Yield what is wrong with a page that stands still."""
    yield from (f"wider than the screen: {element}" for element in page.evaluate(OVERFLOWING))
    yield from (f"without style: {name}" for name in page.evaluate(UNSTYLED))
    yield from (f"a navigation that leads nowhere: {element}" for element in page.evaluate(EMPTY_WAYS))
    for footer in page.evaluate(FOOTER):
        if f"Alur {version('alur')}" not in footer:
            yield f"the footer does not name the version: {footer!r}"
