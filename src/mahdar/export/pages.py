"""Jinja2 set up once for every page: escaping on, messages in the page's language, shared styles."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mahdar.i18n import Language, tr, tr_code

DIRECTION: dict[str, str] = {"ar": "rtl", "en": "ltr"}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mahdar.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_page(template: str, lang: Language, **values: Any) -> str:
    """Return a self-contained HTML page: no script, no style and no font from elsewhere.

    Args:
        template: file name under ``export/templates``.
        lang: language of the page's own words; articles keep their own direction.
        values: what the template shows.
    """
    style = (files("mahdar.export") / "templates" / "style.css").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            dir=DIRECTION[lang],
            style=Markup(style),
            t=partial(tr, lang=lang),
            code=partial(tr_code, lang=lang),
            **values,
        )
    )
