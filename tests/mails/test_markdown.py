"""A wording's Markdown becomes nodes; values come in as text only."""

from mails.document import Heading, Items, Node, Paragraph, Quote, Rule, Span
from mails.markdown import fill, read_markdown

BUTTON = Paragraph((Span("the button"),))


def read(source: str, **values: str) -> tuple[Node, ...]:
    """The nodes of a source in which {join} is one paragraph and {roast} has nothing to say."""
    return read_markdown(source, values, {"join": (BUTTON,), "roast": ()})


def test_fill_puts_values_in_once() -> None:
    assert fill("{Name}, { host } {other}", {"name": "{host}", "host": "Rosa"}) == "{host}, Rosa {other}"


def test_read_markdown_reads_all_it_knows() -> None:
    nodes = read(
        "# Title\n\none *two* **three** [four](https://example.org)\nfive\n\n"
        "> six\n\n---\n\n2. a\n3. b\n\n- c"
    )

    assert nodes == (
        Heading((Span("Title"),)),
        Paragraph(
            (
                Span("one "),
                Span("two", emphasis=True),
                Span(" "),
                Span("three", strong=True),
                Span(" "),
                Span("four", href="https://example.org"),
                Span("\n"),
                Span("five"),
            )
        ),
        Quote((Paragraph((Span("six"),)),)),
        Rule(),
        Items(((Paragraph((Span("a"),)),), (Paragraph((Span("b"),)),)), first=2),
        Items(((Paragraph((Span("c"),)),),)),
    )


def test_read_markdown_puts_values_in_as_text() -> None:
    nodes = read("Hello **{name}**", name="[x](https://example.org) <b> *y*")

    assert nodes == (Paragraph((Span("Hello "), Span("[x](https://example.org) <b> *y*", strong=True))),)


def test_read_markdown_leaves_html_images_and_code_as_text() -> None:
    nodes = read("<b>a</b> ![p](https://example.org/p.png)\n\n    indented `x`")

    assert nodes == (
        Paragraph((Span("<b>a</b> !"), Span("p", href="https://example.org/p.png"))),
        Paragraph((Span("indented `x`"),)),
    )


def test_read_markdown_makes_no_link_of_other_schemes() -> None:
    nodes = read("[a](javascript:alert) [b](http://example.org) [c](/d) [e](mailto:ann@example.org)")

    assert nodes == (
        Paragraph(
            (
                Span("[a](javascript:alert) [b](http://example.org) [c](/d) "),
                Span("e", href="mailto:ann@example.org"),
            )
        ),
    )


def test_read_markdown_makes_no_link_that_hides_where_it_leads() -> None:
    nodes = read("[a](https://google.com@example.org) [b](https:///plan)")

    assert nodes == (Paragraph((Span("[a](https://google.com@example.org) [b](https:///plan)"),)),)


def test_read_markdown_puts_blocks_between_lines() -> None:
    nodes = read("above\n{join}\nbelow")

    assert nodes == (Paragraph((Span("above"),)), BUTTON, Paragraph((Span("below"),)))


def test_read_markdown_drops_a_heading_whose_blocks_all_vanish() -> None:
    nodes = read("## One\n\n{roast}\n\n## Two\n\n{roast}\n\n{join}\n\n## Three\n\n{roast}")

    assert nodes == (Heading((Span("Two"),)), BUTTON)


def test_read_markdown_keeps_a_heading_without_blocks() -> None:
    nodes = read("# Big\n\n## Small\n\ntext\n\n{roast}\n\n## Last")

    assert nodes == (
        Heading((Span("Big"),)),
        Heading((Span("Small"),)),
        Paragraph((Span("text"),)),
        Heading((Span("Last"),)),
    )


def test_read_markdown_keeps_line_ends_out_of_entities() -> None:
    assert read("a&#10;b&#8203;c &lbrace;other&rbrace;") == (Paragraph((Span("a bc {other}"),)),)
