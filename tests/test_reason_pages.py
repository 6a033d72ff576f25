"""The pages of reasons and conditions: their cards are the shop's, sizes stand out, comments are for analysts, words are explained."""

from collections.abc import Iterator

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import reasons_shop
from analytics import db, stores
from analytics.actor import Actor
from analytics.returns import reason_orders, reasons, words
from analytics.returns.words import Meaning
from pages.ui import reads, word_editor
from reasons_shop import FASHION, march
from screens import CONDITIONS, REASONS, cards, come_in, open_page
from screens import words as said

MARCH = {"store": FASHION, "days": ["2026-03-01", "2026-03-31"], "compare": "no comparison"}
EMPTY = {"store": FASHION, "days": ["2026-04-14", "2026-04-14"]}


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        reasons_shop.bring(tmp_path_factory.mktemp("reasons"))
        come_in(patch)
        yield
        db.forget()


def table(screen: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in screen.dataframe if column in each.value.columns)


def opened(page: str, *panels: str) -> AppTest:
    screen = open_page(page, MARCH)
    for name in panels:
        screen.session_state[name] = True
    screen.run()
    assert not screen.exception, screen.exception
    return screen


def test_the_cards_and_the_heading_are_what_was_told_of_the_returns() -> None:
    screen = open_page(REASONS, MARCH)
    found = {label: value and round(value, 4) for label, value in cards(screen).items()}
    assert found["Value returned, EUR"] == 570 and found["Units returned"] == 23 and found["Words to explain"] == 1
    assert f"{found['Returns with a reason']:.4f}" == "0.9474" and found["Sizes above their category"] == 1
    assert "Too small: 77.8 % of the value of which a reason is told" in said(screen)
    assert list(table(screen, "share_of_value")["name"]) == ["Too small", "Defective", "Other", "Not told"]
    # of three reasons and three sizes, each against its category
    assert "by chance alone at most about 0 of 9 would be" in said(screen)


def test_a_size_of_one_reason_stands_in_the_address() -> None:
    screen = open_page(REASONS, MARCH | {"reason": "Too small"})
    assert "Tee / S comes back as “Too small”: 30.0 % against 7.0 % in its category" in said(screen)
    assert list(table(screen, "reason_rate")["size"]) == ["S", "M"]
    whole = open_page(REASONS, MARCH | {"reason": "Too small", "rows": "products"})
    rows = table(whole, "reason_rate")
    assert list(rows["title"]) == ["Tee"] and "size" not in rows
    assert "The address asks for" in said(open_page(REASONS, MARCH | {"reason": "Ugly"}))


def test_shares_stand_beside_those_of_the_days_before() -> None:
    screen = open_page(REASONS, {"store": FASHION, "days": ["2026-03-03", "2026-03-03"], "compare": "previous period"})
    rows = table(screen, "share_before").set_index("name")
    assert rows.loc["Too small", "share_before"] == pytest.approx(100 * 360 / 420)
    assert rows.loc["Too small", "points_gained"] == pytest.approx(100 - 100 * 360 / 420)


def test_comments_are_shown_masked_and_to_analysts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = opened(REASONS, "comments")
    assert "Ring (phone) or write to (e-mail), size 38." in list(table(screen, "comment")["comment"])
    monkeypatch.setattr("pages.ui.gate.admit", lambda visit, is_active=True: Actor("anna@example.com", "viewer"))
    hidden = opened(REASONS, "comments")
    assert "What buyers wrote" not in [each.label for each in hidden.expander]
    assert not [each for each in hidden.dataframe if "comment" in each.value.columns]


def test_the_orders_behind_a_reason_add_up_to_it() -> None:
    for basis in ("order_date", "refund_date"):
        told = reasons.of(march(basis)).set_index("reason")
        for reason in told.index:
            behind = reason_orders.of(march(basis), reason)
            assert sum(behind["amount"]) == told.loc[reason, "value_returned"]
    assert list(reason_orders.of(march(), "other")["order_name"]) == ["L1"]
    screen = opened(REASONS, "behind")
    assert set(table(screen, "order_name")["order_name"]) == {"L1", "L2", "L3"}


def test_words_that_nobody_explained_come_first_and_their_history_below() -> None:
    screen = opened(REASONS, "words")
    words_of_page = table(screen, "origin")
    assert words_of_page["words"].iloc[0] == "Kratzt" and words_of_page["means"].iloc[0] is None
    store = stores.find(FASHION)
    words.save(store, [Meaning("reason", "Kratzt", "not_as_described")])
    reads.forget()
    explained = opened(REASONS, "words")
    assert list(table(explained, "was")["means"]) == ["Not as described"]
    assert cards(explained)["Words to explain"] == 0
    words.save(store, [Meaning("reason", "Kratzt", None)])
    reads.forget()


def test_an_edit_is_what_changed_and_its_usual_meaning_is_none_of_its_own() -> None:
    before = pd.DataFrame(
        {"words": ["Kratzt", "zu klein", "late", "Eng"], "means": [None, "Fit otherwise", "Too late", "Other"]}
    )
    after = before.assign(means=["Other", "Too small", "Too late", None])
    assert word_editor.changed(before, after, "reason") == [
        Meaning("reason", "Kratzt", "other"), Meaning("reason", "zu klein", None), Meaning("reason", "Eng", None),
    ]  # fmt: skip


def test_conditions_say_what_was_put_back_and_what_can_be_sold_again() -> None:
    screen = open_page(CONDITIONS, MARCH)
    found = {label: value and round(value, 4) for label, value in cards(screen).items()}
    assert found["Put back on the shelf"] == 12 and f"{found['Can be sold again']:.4f}" == "0.5455"
    assert f"{found['Share put back']:.2f}" == "0.60"  # 12 of 20
    assert "between 34.7 % and 73.1 %" in said(screen)
    assert "Sellable: 66.7 % of the value of which a condition is told" in said(screen)
    by_product = open_page(CONDITIONS, MARCH | {"by": "product"})
    assert "Cap: surely less than the usual 54.5 %" in said(by_product)
    assert list(table(by_product, "resellable_share")["title"]) == ["Tee", "Cap"]


def test_days_without_a_return_or_without_a_reason_name_the_file_that_brings_them() -> None:
    for page in (REASONS, CONDITIONS):
        assert "table of returns" in said(open_page(page, EMPTY))
