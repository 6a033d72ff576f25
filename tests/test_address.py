"""The address bar as the saved view: every choice is in the link, and what cannot be followed shows nothing."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

import shop_files
from analytics import views
from analytics.errors import Refused
from analytics.ingest.load import Options, load
from screens import FORMATS, RETURNED_PRODUCTS, SALES, STOCK, cards, come_in, open_page, words

LAST_DAY = date(2026, 3, 20)
WHOLE = {"store": "Pottery", "days": ["2026-03-01", "2026-03-20"]}


@pytest.fixture(scope="module")
def loaded(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with a shop in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        load(shop_files.orders(tmp_path_factory.mktemp("shop") / "orders.csv", LAST_DAY), Options(store="Pottery"))
    return shared_database


@pytest.fixture
def pottery(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", loaded)
    come_in(monkeypatch)
    for name in views.saved()["name"]:
        views.delete(name)


def asked(screen: AppTest) -> dict[str, list[str]]:
    """What the copied link asks for."""
    return parse_qs(urlsplit(screen.code[0].value).query)


def test_the_link_holds_the_choices_of_the_page_too(pottery: None) -> None:
    first = open_page(SALES, WHOLE | {"grain": "week"})
    assert asked(first) == WHOLE | {
        "store": ["Pottery"],
        "grain": ["week"],
        "by": ["channel"],
        "metric": ["Net sales"],
    } | {
        "clock": ["order date"],
        "compare": ["same weekdays last year"],
    }
    again = open_page(SALES, asked(first))
    assert asked(again) == asked(first) and cards(again) == cards(first)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grain": "century"},
        {"grain": ["day", "week"]},
        {"grain": ["week", "week"]},
        {"by": "\ufffd\ufffd"},
        {"by": "x" * 20_000},
        {"by": "![seen](//elsewhere/x.png)"},
        {"clock": ["order date", "order date"]},
        {"days": ["20260301", "20260320"]},
        {"days": "9" * 5_000},
        {"currency": "All in XAU"},
        {"country": "\x00"},
    ],
    ids=lambda wrong: next(f"{name}={str(value)[:20]!r}" for name, value in wrong.items()),
)
def test_a_wrong_value_of_any_parameter_shows_a_notice_and_no_number(
    pottery: None, wrong: dict[str, str | list[str]]
) -> None:
    screen = open_page(SALES, WHOLE | wrong)
    assert "Nothing is shown" in screen.warning[0].value and len(screen.warning[0].value) < 500
    assert not screen.metric and not screen.dataframe and "![" not in screen.warning[0].value
    screen.run()
    assert screen.warning and not screen.metric
    next(button for button in screen.button if button.label == "Go on without it").click().run()
    assert not screen.warning and screen.metric


def test_a_name_that_no_page_knows_is_ignored(pottery: None) -> None:
    screen = open_page(SALES, WHOLE | {"utm_source": "mail", "grain2": ["x", "y"]})
    assert screen.metric and not screen.warning
    assert "utm_source" not in asked(screen)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (SALES, "by"),
        (SALES, "grain"),
        (STOCK, "rows"),
        (FORMATS, "platform"),
        (FORMATS, "table"),
        (RETURNED_PRODUCTS, "rate"),
    ],
)
def test_a_parameter_without_a_value_asks_for_nothing(pottery: None, page: str, name: str) -> None:
    screen = open_page(page, {name: ""})
    assert screen.title and not any("Nothing is shown" in each.value for each in screen.warning)


def test_a_page_without_filters_refuses_too(pottery: None) -> None:
    screen = open_page(FORMATS, {"platform": "Sears"})
    assert "Nothing is shown" in screen.warning[0].value and not screen.subheader


def test_a_view_is_saved_opened_renamed_and_deleted(pottery: None) -> None:
    screen = open_page(SALES, WHOLE | {"grain": "month"})
    screen.text_input(key="view_name").set_value("  Monday <b>numbers</b> ")
    screen.button(key="save_view").click().run()
    (row,) = views.saved().to_dict("records")
    assert row["name"] == "Monday <b>numbers</b>"
    assert parse_qs(row["query"]) == asked(screen) and asked(screen)["grain"] == ["month"]
    links = "".join(element.proto.body for element in screen.get("html") if "<ul>" in element.proto.body)
    assert ">Monday &lt;b&gt;numbers&lt;/b&gt;</a>" in links and "grain=month" in links
    screen.text_input(key="view_new_name").set_value("Tuesday")
    screen.button(key="rename_view").click().run()
    assert views.saved()["name"].tolist() == ["Tuesday"] and "Now called Tuesday" in words(screen)
    screen.button(key="delete_view").click().run()
    assert views.saved().empty and "No view is saved yet" in words(screen)


def test_saving_under_the_same_name_replaces_and_another_views_name_is_refused(pottery: None) -> None:
    views.save("A", "sales", "grain=day")
    views.save("A", "stock", "grain=week")
    views.save("b", "", "")
    assert views.saved()[["name", "page", "query"]].values.tolist() == [["A", "stock", "grain=week"], ["b", "", ""]]
    with pytest.raises(Refused, match="called A already"):
        views.rename("b", "A")
    with pytest.raises(Refused, match="no view called C any more"):
        views.delete("C")
    with pytest.raises(Refused, match="needs a name"):
        views.save(" \t", "", "")
    with pytest.raises(Refused, match="at most 80 letters"):
        views.rename("b", "x" * 81)
    assert views.saved()["name"].tolist() == ["A", "b"]
