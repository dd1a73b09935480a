from sheets_schema.docs import PAGE, render
from sheets_schema.settings import SETTINGS
from sheets_schema.sheet import TABS


def test_the_page_is_what_the_tabs_declare() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m sheets_schema.docs"


def test_every_column_and_setting_is_explained() -> None:
    for tab in TABS:
        assert tab.explain
        assert tab.stops
        assert all(column.explain and column.otherwise for column in tab.columns)
    assert all(setting.explain and setting.stops for setting in SETTINGS)


def test_no_header_means_two_columns_of_a_tab() -> None:
    for tab in TABS:
        names = [name.casefold() for column in tab.columns for name in (column.header, *column.aliases)]
        assert len(names) == len(set(names)), tab.title
