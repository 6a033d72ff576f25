"""The templates of our own tables load as they are; the page offers them and says of every format where it comes from."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import workbook
from analytics.errors import Refused
from analytics.ingest import templates
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.stage import convert, staged
from imported import counts, rows_of, take
from pages.ui import tables
from screens import FORMATS, come_in, open_page, words

GENERIC = [each for each in all_formats() if each.is_generic]
OTHERS = [each for each in all_formats() if not each.is_generic]


def by_name(known: Format) -> str:
    return known.name


def saved(folder: Path, known: Format) -> Path:
    path = folder / "template.csv"
    path.write_text(templates.template(known.name), encoding="utf-8", newline="")
    return path


def states(path: Path) -> set[str]:
    """The format a file is taken for, and what becomes of its records."""
    with staged(path) as stage:
        convert(stage, {"currency": "XXX", "as_of": date(2026, 2, 1), "hash_key": "key"})
        assert stage.unreadable == []
        return {
            stage.recognised.format.name,
            *(state for (state,) in stage.duck.sql("select state from records").fetchall()),
        }


def test_there_is_a_template_of_each_of_our_own_tables() -> None:
    assert {each.name for each in GENERIC} == {
        "order_lines",
        "products",
        "costs",
        "inventory",
        "returns",
        "suppliers",
        "bundles",
        "purchase_orders",
        "policies",
        "exchange_rates",
        "carrier",
        "ad_spend",
    }


@pytest.mark.parametrize("known", GENERIC, ids=by_name)
def test_a_template_is_known_for_what_it_is_and_every_row_of_it_is_a_fact(
    known: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYTICS_HOME", str(tmp_path / "home"))
    assert states(saved(tmp_path, known)) == {known.name, "fact"}
    # the same through the page's own download, which has a byte order mark
    (tmp_path / "download.csv").write_bytes(tables.csv(templates.rows(known.name)))
    assert states(tmp_path / "download.csv") == {known.name, "fact"}


@pytest.mark.parametrize("known", GENERIC, ids=by_name)
def test_a_template_loads_into_an_empty_store_with_nothing_set_aside(
    known: Format, emptied: str, tmp_path: Path
) -> None:
    rows = len(known.examples)
    assert counts(take(saved(tmp_path, known))) == {"rows": rows, "loaded": rows}
    assert counts(take(saved(tmp_path, known))) == {"rows": rows, "unchanged": rows}


def test_the_lines_of_the_template_are_a_sale_its_shipping_and_a_return(emptied: str, tmp_path: Path) -> None:
    take(saved(tmp_path, next(each for each in GENERIC if each.name == "order_lines")))
    assert rows_of("select kind, units, amount from order_items order by kind") == [
        ("product", Decimal(2), Decimal(15)),
        ("shipping", Decimal(1), Decimal("4.9")),
    ]
    # 7.50 less its discount of 0.75, and its tax
    assert rows_of("select kind, units, amount from reversals order by amount desc") == [
        ("return", Decimal(1), Decimal("6.75")),
        ("return", None, Decimal("0.47")),
    ]


@pytest.mark.parametrize("known", GENERIC, ids=by_name)
def test_a_template_has_a_column_for_each_that_is_described(known: Format) -> None:
    frame = templates.describe(known.name)
    assert list(frame.columns) == ["column", "meaning", "required", "example", "also"]
    assert list(frame["column"]) == templates.template(known.name).splitlines()[0].split(",")
    assert set(known.required) <= {*known.meanings} and all(meaning.endswith(".") for meaning in frame["meaning"])
    # an example in the guide is one in the template
    assert all(known.examples) and {name for row in known.examples for name in row} <= {*known.meanings}
    shown = dict(zip(frame["column"], frame["required"], strict=True))
    assert all(shown[templates.header(known, name)] == "yes" for name in known.required)


def test_a_column_that_another_may_stand_for_says_so() -> None:
    shown = templates.describe("order_lines").set_index("column")["required"]
    assert shown["Unit price"] == shown["Line total"] == "Unit price or Line total"
    assert (shown["Order"], shown["Discount"]) == ("yes", "")
    returns = templates.describe("returns").set_index("column")["required"]
    assert (returns["Return date"], returns["Reason"]) == ("yes", "")


def test_the_guide_says_first_what_cannot_be_left_out() -> None:
    what = templates.guide("order_lines").set_index("column")["what"]
    assert what["Order"].startswith("Required. The order's number")
    assert what["SKU"].startswith("SKU or Title is required. The product's code")
    assert what["Discount"].startswith("Amount taken off")


def test_the_guide_names_other_headers_but_no_spelling_twice() -> None:
    also = templates.describe("costs").set_index("column")["also"]["Unit cost"]
    assert "einkaufspreis" in also and "prix d'achat" in also and "_" not in also


def test_the_excel_template_holds_numbers_and_days_as_what_they_are() -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook.excel(templates.rows("costs"))))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["SKU", "Unit cost", "Freight", "Duty", "Valid from", "Currency"]
    assert rows[1] == ["TEA-100", 3.05, 0.2, 0.1, date(2025, 7, 1), "EUR"]


def test_a_template_of_what_is_no_table_of_our_own_is_refused() -> None:
    for name in ("shopify_orders", "nothing"):
        with pytest.raises(
            Refused,
            match=r"no template .* ad_spend, bundles, carrier, costs, exchange_rates, inventory, order_lines, policies, products, "
            r"purchase_orders, returns, suppliers",
        ):
            templates.template(name)


@pytest.mark.parametrize("known", OTHERS, ids=by_name)
def test_every_platforms_format_says_whose_it_is_and_where_to_click(known: Format) -> None:
    assert known.platform and known.where and known.brings and known.cannot_tell
    assert templates.header_sample(known)


def test_the_formats_are_grouped_by_platform_and_none_is_left_out() -> None:
    groups = templates.by_platform()
    assert next(iter(groups)) == templates.OWN_TABLES
    assert sorted(each.name for group in groups.values() for each in group) == sorted(
        each.name for each in all_formats()
    )
    assert {"shopify_orders", "shopify_inventory"} <= {each.name for each in groups["Shopify"]}


@pytest.fixture
def page(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


@pytest.mark.parametrize("known", GENERIC, ids=by_name)
def test_the_page_explains_a_table_and_offers_its_template(known: Format, page: None) -> None:
    screen = open_page(FORMATS, {"table": known.label})
    assert [heading.value for heading in screen.subheader] == [known.label]
    shown, also = (table.value for table in screen.table)
    about = templates.describe(known.name)
    assert list(shown["Column"]) == list(about["column"]) and list(shown["Example"]) == list(about["example"])
    assert set(also["Column"]) <= set(about["column"]) and all(also["Also read from"])
    assert {button.label for button in screen.get("download_button")} == {"CSV", "Excel"}
    assert known.brings in words(screen) and known.where in words(screen)


def test_the_page_says_of_a_platform_where_to_click_and_what_its_files_lack(page: None) -> None:
    screen = open_page(FORMATS, {"platform": "Shopify"})
    shopify = templates.by_platform()["Shopify"]
    assert [heading.value for heading in screen.subheader] == [each.label for each in shopify]
    said = words(screen)
    assert all(each.where in said and each.cannot_tell in said and each.brings in said for each in shopify)
    assert [block.value for block in screen.code] == [templates.header_sample(each) for each in shopify]
    assert not screen.get("download_button") and not screen.table
