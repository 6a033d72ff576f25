"""Share links: one view of one store, whatever the browser asks, until it expires or is revoked; and no amounts, if told."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

import shop_files
from analytics import actor, db, links, stores
from analytics.actor import Actor
from analytics.errors import NotAllowed, Refused
from analytics.ingest.load import Options, load
from pages.ui import navigation
from screens import BRIDGE, CLOCKS, ORDERS, OVERVIEW, PRODUCTS, RETURNS, SALES, cards, come_in, open_page, words

LAST_DAY = date(2026, 3, 20)
WHOLE = {"store": "Pottery", "days": ["2026-03-01", "2026-03-20"]}
QUERY = "store=Pottery&days=2026-03-01&days=2026-03-20&clock=order+date&compare=no+comparison"
LINKS = "pages/data/links.py"
# What is only to be looked at, and the parts of a page that hold it.
HARMLESS = {
    "main", "sidebar", "event", "flex_container", "grid_container", "column", "expander", "popover", "tab", "tab_container",
    "title", "header", "subheader", "markdown", "caption", "metric", "dataframe", "table", "vega_lite_chart", "empty", "space",
    "progress", "skeleton", "info", "warning", "error", "success", "code", "text", "download_button",
}  # fmt: skip


def bring(folder: Path) -> None:
    """Two stores: the four orders and the stock of the pottery, and one order of another store that is worth more."""
    load(shop_files.orders(folder / "orders.csv", LAST_DAY), Options(store="Pottery"))
    load(shop_files.inventory(folder / "inventory.csv"), Options(store="Pottery", as_of=LAST_DAY))
    other = shop_files.order(9, LAST_DAY, 1, "987.65", "Kiln", {"Subtotal": "987.65", "Total": "987.65"})
    load(shop_files.write(folder / "other.csv", shop_files.ORDER_COLUMNS, [other]), Options(store="Kilns"))


@pytest.fixture(scope="module")
def imported(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with both stores in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        bring(tmp_path_factory.mktemp("stores"))
    return shared_database


@pytest.fixture
def shop(imported: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The number of the pottery."""
    monkeypatch.setenv("DATABASE_URL", imported)
    come_in(monkeypatch)
    yield number("Pottery")
    actor.become(None)


def number(store: str) -> int:
    """A store's number."""
    known = stores.all_stores()
    return int(known.loc[known["name"] == store, "store_id"].iloc[0])


def noted() -> list[tuple[str, str, str]]:
    """The audit log's lines about links, the newest first: actor, action, reason."""
    with db.transaction() as cursor:
        cursor.execute(
            "select actor, action, coalesce(details ->> 'reason', '') from audit_log where action like 'link %' order by entry_id desc"
        )
        return cursor.fetchall()


def expire(token: str) -> None:
    """Let a link's days be over."""
    with db.transaction() as cursor:
        cursor.execute(
            "update share_links set made_at = now() - interval '9 days', expires_at = now() - interval '1 second' where link_id = %s",
            (int(token.partition(".")[0]),),
        )


def test_a_link_opens_its_view_until_it_is_revoked_or_expires(shop: int) -> None:
    token = links.make(shop, "sales", QUERY, 7)
    link = links.opened(token)
    assert (link.store, link.page, link.hides_amounts) == ("Pottery", "sales", False)
    assert dict(link.asked)["clock"] == "order date" and "store" not in dict(link.asked)
    assert link.visitor == Actor(f"link {link.link_id}", "link", (shop,))
    links.opened(token, is_first=False)
    row = links.all_links().iloc[0]
    assert (row["opens"], row["state"], row["made_by"]) == (1, "open", "this computer")
    assert (row["expires_at"] - row["made_at"]).days == 7
    links.revoke(link.link_id)
    with pytest.raises(Refused, match="withdrawn"):
        links.opened(token)
    with pytest.raises(Refused, match="revoked before"):
        links.revoke(link.link_id)
    late = links.make(shop, "sales", QUERY)
    expire(late)
    with pytest.raises(Refused, match="expired"):
        links.opened(late)
    name = f"link {link.link_id}"
    assert noted()[:5] == [
        (f"link {link.link_id + 1}", "link refused", "expired"),
        ("this computer", "link made", ""),
        (name, "link refused", "revoked"),
        ("this computer", "link revoked", ""),
        (name, "link opened", ""),
    ]


def test_a_token_that_is_not_whole_or_of_another_shop_opens_nothing(shop: int) -> None:
    token = links.make(shop, "sales", QUERY)
    named, _, signature = token.partition(".")
    other = f"{int(named) + 1}.{signature}"
    short, longer, empty = token[:-1], f"{token}A", f"{named}."
    with db.transaction() as cursor:
        cursor.execute("select value from settings where name = %s", (links.KEY,))
        (key,) = cursor.fetchone() or ("",)
        cursor.execute("update settings set value = 'of another shop' where name = %s", (links.KEY,))
    foreign = links.make(shop, "sales", QUERY)
    with db.transaction() as cursor:
        cursor.execute("update settings set value = %s where name = %s", (key, links.KEY))
    for wrong in (other, short, longer, empty, foreign, "", "\x00", "\ud800", "9" * 5_000, named):
        with pytest.raises(Refused, match="opens nothing here"):
            links.opened(wrong)
    assert noted()[0] == ("a link", "link refused", "unknown")
    assert links.opened(token).page == "sales" and len(key) > 30


def test_only_an_owner_shares_and_only_what_there_is(shop: int) -> None:
    for role in ("link", "viewer", "analyst"):
        with actor.acting(Actor("somebody", role)):
            for does in (
                lambda: links.make(shop, "sales", QUERY),
                lambda: links.revoke(1),
                links.all_links,
                lambda: links.token_of(1),
            ):
                with pytest.raises(NotAllowed, match="owner"):
                    does()
    with pytest.raises(Refused, match="not there any more"):
        links.make(999, "sales", QUERY)
    with pytest.raises(Refused, match="7, 30, 90, 365 days"):
        links.make(shop, "sales", QUERY, 10_000)
    with pytest.raises(Refused, match="more than a link can hold"):
        links.make(shop, "sales", "search=" + "x" * 9_000)


def shared(page: str, asked: dict[str, Any], hides: bool = False) -> tuple[AppTest, str]:
    """A page as its owner sees it, and the token of a link made there."""
    screen = open_page(page, asked)
    screen.selectbox(key="share_days").set_value(7)
    screen.checkbox(key="share_hides").set_value(hides)
    next(button for button in screen.button if button.label == "Make link").click().run()
    made = [code.value for code in screen.code if "share=" in code.value]
    return screen, made[0].partition("share=")[2]


def kinds(node: Any) -> set[str]:
    """Every kind of element on a screen, but for scripts, which are the same for everybody."""
    below = [
        each for each in getattr(node, "children", {}).values() if "<script>" not in str(getattr(each, "proto", ""))
    ]
    return {each.type for each in below}.union(*(kinds(each) for each in below))


def test_a_link_shows_what_its_owner_saw_and_nothing_to_choose(shop: int) -> None:
    mine, token = shared(SALES, WHOLE | {"grain": "week", "country": "CA"})
    theirs = open_page(SALES, {"share": token})
    assert cards(theirs) == cards(mine) and cards(mine)["Net sales, USD"] is not None
    assert kinds(theirs._tree) <= HARMLESS and "dataframe" in kinds(theirs._tree)
    said = words(theirs)
    assert ":gray-badge[Country: CA]" in said and "a: week]" in said
    assert "Pottery · 1 – 20 Mar 2026" in said and "Kilns" not in said
    assert not any(frame.proto.selection_mode for frame in theirs.dataframe)
    assert not any(chart.proto.selection_mode for chart in theirs.get("vega_lite_chart"))
    assert int(links.all_links().iloc[0]["opens"]) == 1
    theirs.run()
    assert int(links.all_links().iloc[0]["opens"]) == 1 and cards(theirs) == cards(mine)


FORGED: list[dict[str, Any]] = [
    {"store": "Kilns"},
    {"store": ["Pottery", "Kilns"]},
    {"days": ["2020-01-01", "2030-01-01"], "day": "2020-01-01"},
    {"channel": ["amazon"], "country": ["DE"], "category": ["x"], "clock": "refund date", "compare": "previous days"},
    {"grain": "month", "by": "product", "metric": "Orders", "currency": "EUR", "page": "2", "share_hides": "true"},
]


def test_what_the_browser_says_beside_the_token_changes_nothing(shop: int) -> None:
    mine, token = shared(SALES, WHOLE)
    right, said = cards(mine), None
    for forged in FORGED:
        theirs = open_page(SALES, forged | {"share": token})
        said = said or words(theirs)
        assert cards(theirs) == right and words(theirs) == said
        for name, value in forged.items():  # as if a widget held it
            theirs.session_state[name] = value
        theirs.session_state["link_of_run"] = links.opened(links.make(number("Kilns"), "sales", QUERY))
        theirs.run()
        assert cards(theirs) == right and words(theirs) == said


def test_the_state_of_widgets_that_a_browser_makes_up_changes_nothing(shop: int) -> None:
    _, token = shared(SALES, WHOLE)
    theirs = open_page(SALES, {"share": token})
    right = cards(theirs)
    owner = open_page(SALES, WHOLE)
    owner.multiselect(key="store").set_value(["Kilns"])
    owner.selectbox(key="clock").set_value("refund date")
    owner.text_input(key="view_name").set_value("Forged")
    owner.button(key="save_view").click()
    how = next(button for button in owner.button if button.key and button.key.startswith("how_net_sales"))
    how.click()
    forged: WidgetStates = owner._tree.get_widget_states()
    assert len(forged.widgets) > 5
    owner.run()
    assert cards(owner) != right  # they are the right widgets: to their owner they mean something
    theirs._run(forged)
    assert cards(theirs) == right and kinds(theirs._tree) <= HARMLESS and not theirs.exception
    assert not theirs.session_state._state._state._new_widget_state.widget_metadata  # nothing is left to be called


def test_another_page_is_refused_and_a_page_that_is_not_shared_offers_no_link(shop: int) -> None:
    _, token = shared(SALES, WHOLE)
    for page in (OVERVIEW, ORDERS, LINKS, "pages/data/settings.py"):
        theirs = open_page(page, {"share": token})
        assert "opens another page" in theirs.title[0].value
        assert not theirs.metric and not theirs.dataframe and len(theirs.title) == 1
    assert {"import", "settings", "history", "links", "policies"}.isdisjoint(navigation.shared())
    assert not [
        box for box in open_page("pages/stock/policies.py", {"store": "Pottery"}).selectbox if box.key == "share_days"
    ]
    several = open_page(SALES, {"store": ["Pottery", "Kilns"]})
    assert "A link shows one store" in words(several) and not [
        box for box in several.selectbox if box.key == "share_days"
    ]


def test_a_view_that_is_open_shuts_when_its_link_is_revoked_or_expires(shop: int) -> None:
    _, token = shared(SALES, WHOLE)
    theirs = open_page(SALES, {"share": token})
    assert theirs.metric
    page = open_page(LINKS)
    assert page.dataframe[0].value["view"].iloc[0] == "Sales"
    assert any(f"share={token}" in code.value for code in page.code)
    page.button(key="revoke").click().run()
    assert "is revoked" in page.success[0].value and page.dataframe[0].value["state"].iloc[0] == "revoked"
    theirs.run()
    assert not theirs.metric and not theirs.dataframe and "withdrawn" in words(theirs)
    late = links.make(shop, "sales", QUERY)
    theirs = open_page(SALES, {"share": late})
    assert theirs.metric
    expire(late)
    theirs.run()
    assert not theirs.metric and not theirs.dataframe and "has expired" in words(theirs)


def protos(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element that a browser was sent."""
    for each in getattr(node, "children", {}).values():
        if getattr(each, "proto", None) is not None:
            yield each.type, each.proto
        yield from protos(each)


def texts(message: Any) -> Iterator[str]:
    """Every text of an element, but for what only names it."""
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if hasattr(value, "add") else [value]:
                yield from texts(each)
        elif (
            field.cpp_type == field.CPPTYPE_STRING
            and field.type != field.TYPE_BYTES
            and field.name not in ("id", "url")
        ):
            yield from [value] if isinstance(value, str) else value


def frames(kind: str, proto: Any) -> list[pd.DataFrame]:
    """The tables that an element carries."""
    if kind in ("dataframe", "table"):
        return [convert_arrow_bytes_to_pandas_df(proto.arrow_data.data)]
    if kind == "vega_lite_chart":
        data = [proto.data, *(each.data for each in proto.datasets)]
        return [convert_arrow_bytes_to_pandas_df(each.data) for each in data if each.data]
    return []


def amounts(screen: AppTest) -> set[Decimal]:
    """The amounts of money that a page shows, by what its cards, columns and sentences say they are."""
    found: set[Decimal] = set()
    for kind, proto in protos(screen._tree):
        if kind == "metric" and proto.label.endswith(", USD") and re.fullmatch(r"-?[\d.]+", proto.body):
            found.add(Decimal(proto.body))
        if kind == "dataframe":
            about = json.loads(proto.columns)
            money = [name for name, each in about.items() if (each.get("type_config") or {}).get("format") == "%,.2f"]
            frame = frames(kind, proto)[0]
            found |= {Decimal(str(value)) for name in money if name in frame for value in frame[name].dropna()}
        if kind == "vega_lite_chart" and ", USD" in proto.spec:
            found |= {
                Decimal(str(value)) for frame in frames(kind, proto) for value in frame.select_dtypes("number").stack()
            }
        found |= {
            Decimal(each.replace(",", "")) for said in texts(proto) for each in re.findall(r"([\d,.]*\d) USD", said)
        }
    return {round(abs(each), 2) for each in found if abs(each) > 5 and each % 1}


@pytest.mark.parametrize(
    ("page", "least"), [(OVERVIEW, 3), (SALES, 8), (BRIDGE, 3), (CLOCKS, 2), (PRODUCTS, 3), (ORDERS, 4), (RETURNS, 1)]
)
def test_a_link_without_amounts_sends_none(shop: int, page: str, least: int) -> None:
    asked: dict[str, Any] = {"store": "Pottery", "day": "2026-03-20"} if page == OVERVIEW else dict(WHOLE)
    mine, token = shared(page, asked, hides=True)
    true = amounts(mine)
    assert len(true) >= least
    theirs = open_page(page, {"share": token})
    sent = "\n".join(said for _, proto in protos(theirs._tree) for said in texts(proto))
    tables = [frame.to_csv() for kind, proto in protos(theirs._tree) for frame in frames(kind, proto)]
    for each in true:
        for form in (f"{each:,.2f}", f"{each:.2f}", f"{each.normalize():f}"):
            found = re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d])", "\n".join([sent, *tables]))
            assert found is None, (form, found and found.string[max(0, found.start() - 200) : found.end() + 50])
    assert "Amounts are hidden" in words(theirs) and not theirs.get("download_button")
    counted = {label: value for label, value in cards(mine).items() if ", USD" not in label}
    shown = {metric.label: metric.value for metric in theirs.metric}
    assert {label: Decimal(shown[label]) for label in counted if label == "Orders"} == {
        label: value for label, value in counted.items() if label == "Orders"
    }
    assert all(value in ("•••", "–") for label, value in shown.items() if label.endswith(", USD"))
