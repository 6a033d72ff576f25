"""The Bridge page: three walks chosen in the address, each with its answer, its table, and nothing in place of what is not there."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import shop_files
from analytics.ingest.load import Options, load
from screens import BRIDGE, come_in, open_page, words

LAST_DAY = date(2026, 3, 20)
# the last two days against the two before: what came back whole, then a mug and a bowl
DAYS = {"days": ["2026-03-19", "2026-03-20"], "compare": "previous period"}
WHOLE = {"days": ["2026-03-01", "2026-03-20"]}


@pytest.fixture(scope="module")
def pottery(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        come_in(patch)
        load(shop_files.orders(tmp_path_factory.mktemp("shop") / "orders.csv", LAST_DAY), Options(store="Pottery"))
        yield


def seen(asked: Mapping[str, str | list[str]]) -> AppTest:
    return open_page(BRIDGE, asked)


def table(screen: AppTest, column: str) -> list[tuple[object, float]]:
    """The first column and the amounts of the table that has such a column."""
    frame = next(each.value for each in screen.dataframe if column in each.value.columns)
    return [(row.iloc[0], round(float(row["amount"]), 2)) for _, row in frame.iterrows()]


@pytest.mark.usefixtures("pottery")
def test_gross_to_collected_is_the_first_walk() -> None:
    screen = seen(WHOLE)
    assert "217 USD gross sales are 124 USD collected" in words(screen)
    steps = dict(table(screen, "label"))
    assert (steps["Gross sales"], steps["Discounts"], steps["Net sales"]) == (217.14, -2.0, 115.04)


@pytest.mark.usefixtures("pottery")
def test_why_sales_changed_is_said_on_top_and_leads_to_the_products() -> None:
    screen = seen({"walk": "Last period to this one", **DAYS})
    assert "Net sales are up\\: 77.99 USD after 0.00 USD" in words(screen)
    assert table(screen, "of_before")[-1] == ("Net sales now", 77.99)
    assert table(screen, "units_before") == [("Mug", 60.0), ("Bowl", 17.99)]
    of_lost = seen({"walk": "Last period to this one", "effect": "Lost products", **DAYS})
    assert "This effect comes from no product." in words(of_lost), "the vase came back whole: it was worth nothing"


@pytest.mark.usefixtures("pottery")
def test_a_figure_in_the_address_is_walked_to() -> None:
    asked = {"walk": "Ours to the platform's", "figure": "Net sales", "platform": "120.04", **WHOLE}
    screen = seen(asked)
    assert "It is Shipping \\+5.00, to the cent" in words(screen)
    assert table(screen, "why") == [("Net sales here", 115.04), ("Shipping", 5.0), ("The platform's", 120.04)]


@pytest.mark.usefixtures("pottery")
def test_without_a_figure_or_a_report_the_page_says_what_to_do() -> None:
    said = words(seen({"walk": "Ours to the platform's", **WHOLE}))
    assert "Type the platform's figure above, or import its sales report." in said


@pytest.mark.usefixtures("pottery")
@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ({"walk": "Weather"}, "Weather"),
        ({"walk": "Last period to this one", "effect": "Luck"}, "Luck"),
        ({"walk": "Ours to the platform's", "figure": "Profit", "platform": "1"}, "Profit"),
        ({"walk": "Ours to the platform's", "platform": "12,34"}, "12,34"),
    ],
)
def test_what_the_address_asks_wrongly_is_said_and_nothing_is_shown(asked: dict[str, str], notice: str) -> None:
    screen = seen(asked | WHOLE)
    assert f"“{notice}”" in words(screen) and not screen.dataframe


@pytest.mark.usefixtures("pottery")
def test_without_a_comparison_there_is_no_change_to_explain() -> None:
    screen = seen({"walk": "Last period to this one", "compare": "no comparison", **WHOLE})
    assert "Choose above what these days are compared with." in words(screen) and not screen.dataframe
