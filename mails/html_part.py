"""Draws a page as HTML: one layout, all escaped, styles on the elements for clients without <style>."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mails.document import Page

_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


def draw_html(page: Page) -> str:
    """The page as a whole HTML document."""
    return _INLINER.inline(_layout().render(page=page))


@cache
def _layout() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader(Path(__file__).parent),
    )
    return environment.get_template("page.html.j2")
