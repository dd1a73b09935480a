"""Reads a wording's Markdown into nodes and puts the values in.

The Markdown is read first, with its placeholders still in it; values come in afterwards, as the text of
spans. So nothing typed into the sheet can become markup, a link or another placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from mails.clean import https_link, visible
from mails.document import Heading, Items, Node, Paragraph, Quote, Rule, Span
from sheets_schema.wording import BLOCKS, PLACEHOLDER, placeholder_name

Blocks = Mapping[str, tuple[Node, ...]]

_MAILTO = re.compile(r"mailto:", re.IGNORECASE)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    # No images (they tell on readers), no code blocks (people indent), no heading by a "---" below.
    reader.disable(["image", "code", "fence", "backticks", "html_block", "html_inline", "lheading"])
    reader.validateLink = _is_allowed  # type: ignore[method-assign]  # the documented hook
    return reader


def _is_allowed(url: str) -> bool:
    return https_link(url) is not None or _MAILTO.match(url) is not None


_READER = _reader()


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in, in one pass; braces in a value, or without one, stay as they are."""
    return PLACEHOLDER.sub(lambda match: values.get(placeholder_name(match[1]), match[0]), text)


def read_markdown(source: str, values: Mapping[str, str], blocks: Blocks) -> tuple[Node, ...]:
    """The nodes of a wording; a heading with nothing but vanished blocks under it goes too."""
    tree = SyntaxTreeNode(_READER.parse(_set_blocks_apart(source)))
    return tuple(_without_empty_sections(_nodes(tree.children, values, blocks)))


def _set_blocks_apart(source: str) -> str:
    lines = source.split("\n")
    return "\n".join(f"\n{line.strip()}\n" if _block_name(line) else line for line in lines)


def _block_name(line: str) -> str | None:
    match = PLACEHOLDER.fullmatch(line.strip())
    name = placeholder_name(match[1]) if match else ""
    return name if name in BLOCKS else None


def _nodes(
    children: Iterable[SyntaxTreeNode], values: Mapping[str, str], blocks: Blocks
) -> Iterator[Node | None]:
    """The nodes in order; None stands where a block had nothing to say."""
    for child in children:
        match child.type:
            case "paragraph" if name := _block_name(child.children[0].content):
                yield from blocks.get(name) or (None,)
            case "paragraph":
                yield Paragraph(_spans(child, values))
            case "heading":
                yield Heading(_spans(child, values))
            case "bullet_list" | "ordered_list":
                rows = tuple(_inner(item, values, blocks) for item in child.children)
                first = int(child.attrs.get("start", 1)) if child.type == "ordered_list" else None
                yield Items(rows, first)
            case "blockquote":
                yield Quote(_inner(child, values, blocks))
            case "hr":
                yield Rule()


def _inner(parent: SyntaxTreeNode, values: Mapping[str, str], blocks: Blocks) -> tuple[Node, ...]:
    return tuple(node for node in _nodes(parent.children, values, blocks) if node is not None)


def _spans(block: SyntaxTreeNode, values: Mapping[str, str]) -> tuple[Span, ...]:
    return tuple(
        span if span.text == "\n" else replace(span, text=visible(fill(span.text, values)))
        for inline in block.children
        for span in _inline(inline.children, Span(""))
    )


def _inline(children: Iterable[SyntaxTreeNode], style: Span) -> Iterator[Span]:
    for child in children:
        match child.type:
            case "text" if child.content:
                yield replace(style, text=visible(child.content))
            case "softbreak" | "hardbreak":
                yield Span("\n")
            case "strong":
                yield from _inline(child.children, replace(style, strong=True))
            case "em":
                yield from _inline(child.children, replace(style, emphasis=True))
            case "link":
                yield from _inline(child.children, replace(style, href=str(child.attrs["href"])))


def _without_empty_sections(nodes: Iterable[Node | None]) -> Iterator[Node]:
    """Hold each heading back until something stands under it; drop it when only vanished blocks do."""
    heading: Heading | None = None
    vanished = False
    for node in nodes:
        if node is None:
            vanished = True
            continue
        if heading and not (vanished and isinstance(node, Heading)):
            yield heading
        heading = None
        vanished = False
        if isinstance(node, Heading):
            heading = node
        else:
            yield node
    if heading and not vanished:
        yield heading
