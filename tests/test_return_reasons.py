"""Why goods come back and in which condition: words told apart by what they mean, shares that add up, sizes that stand out."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import reasons_shop
from analytics import db, stores
from analytics.actor import Actor, acting
from analytics.errors import NotAllowed, Refused
from analytics.returns import comments, conditions, rates, reasons, words
from analytics.returns.intervals import certainty, wilson
from analytics.returns.words import Meaning
from analytics.scope import BASES, Scope
from imported import everything
from reasons_shop import FASHION, OTHER, march


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Both stores; a test that says what a word means takes it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        reasons_shop.bring(tmp_path_factory.mktemp("reasons"))
        yield shared_database
        db.forget()


@pytest.fixture
def kratzt() -> Iterator[int]:
    """The fashion shop says that “Kratzt” is not as described, for one test."""
    store = stores.find(FASHION)
    assert words.save(store, [Meaning("reason", "Kratzt", "not_as_described")]) == 1
    yield store
    words.save(store, [Meaning("reason", "Kratzt", None)])


def by(frame: Any, name: str) -> dict[Any, dict[str, Any]]:
    return {row[name]: row for row in frame.to_dict("records")}


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("APPAREL_TOO_SMALL", "too_small"), ("AMZ-PG-APP-TOO-LARGE", "too_large"), ("CR-DEFECTIVE", "defective"),
        ("CR-MISSED_ESTIMATED_DELIVERY", "late"), ("UND-UNKNOWN", "undeliverable"), ("UNDELIVERABLE_REFUSED", "undeliverable"),
        ("SIZE_TOO_SMALL", "too_small"), ("UNWANTED", "changed_mind"), ("Received the wrong item", "wrong_item"),
        ("zu GROSS", "too_large"), ("Größe zu klein", "too_small"), ("Changé d'avis", "changed_mind"), ("No como  descrito!", None),
        ("demasiado pequeño", "too_small"), ("Doppelt bestellt", "ordered_twice"), ("UNKNOWN", "not_told"), (" – ", "not_told"),
        (None, "not_told"), ("Kratzt", None), ("OTHER", "other"),
    ],
)  # fmt: skip
def test_a_word_means_the_same_in_every_spelling_and_language(said: str | None, means: str | None) -> None:
    assert words.usually("reason", said) == means


def test_no_word_has_two_meanings_and_every_meaning_has_a_name() -> None:
    for field, known in (("reason", words.REASONS), ("condition", words.CONDITIONS)):
        assert list(known) == list(words.LABELS[field])
        spelt = [words.plain(each) for several in known.values() for each in several.split(";")]
        assert "" not in spelt and len(spelt) == len(set(spelt)) == len(words.USUALLY[field])


def test_reasons_add_up_to_what_came_back_and_shares_are_of_what_was_told() -> None:
    found = by(reasons.of(march()), "reason")
    told = {name: (row["units"], row["orders"], f"{row['value_returned']:.2f}") for name, row in found.items()}
    assert told == {
        "too_small": (14, 2, "420.00"), "other": (2, 1, "60.00"), "defective": (6, 1, "60.00"), "not_told": (1, 1, "30.00"),
    }  # fmt: skip
    assert list(found)[-1] == "not_told" and found["not_told"]["share_of_value"] is None
    small = found["too_small"]
    assert (small["share_of_value"], small["share_of_units"]) == (Decimal(420) / 540, Decimal(14) / 22)
    assert small["share_of_orders"] == Decimal(2) / 3
    assert reasons.summary(march()).iloc[0]["reason_coverage"] == Decimal(540) / 570


@pytest.mark.parametrize("basis", BASES)
def test_reasons_and_conditions_add_up_to_the_value_returned_on_both_clocks(basis: str) -> None:
    scope = march(basis)
    name = "value_returned" if basis == "order_date" else "value_returned_in_period"
    whole = rates.summary(scope).iloc[0][name]
    assert whole == (570 if basis == "order_date" else 540)
    assert sum(reasons.of(scope)["value_returned"]) == sum(conditions.of(scope)["value_returned"]) == whole


def test_the_size_that_is_too_small_more_often_than_its_category_is_flagged() -> None:
    found = reasons.of_products(march(), "too_small").to_dict("records")
    assert [(row["title"], row["size"], row["is_flagged"]) for row in found] == [
        ("Tee", "S", True),
        ("Tee", "M", False),
    ]
    small = found[0]
    assert (small["units_sold"], small["units_returned"], small["reason_rate"]) == (40, 12, Decimal("0.3"))
    assert small["category_reason_rate"] == Decimal(14) / 200 and small["rate_of"] == "units"
    assert (small["lower"], small["upper"]) == wilson(12, 40)
    assert small["certainty"] == certainty(12, 40, Decimal(14) / 200)
    # a third of what was sold in value, so that much would have been no news: 360 − 1,200 × 420 ÷ 3,600
    assert round(small["excess_value"], 6) == 220
    assert small["certain_excess"] == small["excess_value"] * small["certainty"]


def test_the_sizes_of_a_product_add_up_to_it_and_every_reason_has_its_row() -> None:
    sizes, whole = reasons.of_products(march()), reasons.of_products(march(), level="product")
    assert sum(sizes["value_returned"]) == sum(whole["value_returned"]) == 540
    assert sum(sizes["units_returned"]) == sum(whole["units_returned"]) == 22
    tee = whole[(whole["title"] == "Tee") & (whole["reason"] == "too_small")].iloc[0]
    assert (tee["units_sold"], tee["units_returned"], tee["lines_returned"]) == (80, 14, 2)
    of_lines = reasons.of_products(march(), "too_small", by="lines")
    assert list(of_lines["reason_rate"]) == [1, 1] and set(of_lines["rate_of"]) == {"lines"}
    for wrong in ({"level": "brand"}, {"reason": "ugly"}):
        with pytest.raises(ValueError, match=r"brand|ugly"):
            reasons.of_products(march(), **wrong)


def test_a_word_that_nobody_knows_is_other_and_comes_first() -> None:
    found = words.occurring(march(), "reason").to_dict("records")
    assert [(row["words"], row["means"], row["origin"]) for row in found] == [
        ("Kratzt", "other", "not known"), ("Too small", "too_small", "usual"), ("DEFECTIVE", "defective", "usual"),
        ("zu klein", "too_small", "usual"),
    ]  # fmt: skip
    assert (found[0]["units"], found[0]["orders"], found[0]["value_returned"]) == (2, 1, 60)


def test_what_a_store_says_of_a_word_counts_at_once_and_for_that_store_alone(kratzt: int) -> None:
    found = by(reasons.of(march()), "reason")
    assert "other" not in found and found["not_as_described"]["units"] == 2
    assert by(words.occurring(march(), "reason"), "words")["Kratzt"]["origin"] == "yours"
    other = replace(march(), store=stores.find(OTHER))
    assert list(reasons.of(other)["reason"]) == ["other"]
    both = by(reasons.of(replace(march(), store=None)), "reason")
    assert (both["not_as_described"]["units"], both["other"]["units"]) == (2, 1)
    assert "Not as described" in list(comments.of(march())["name"])


def test_every_edit_of_a_word_is_kept_with_what_it_meant_before_and_can_be_edited_back(kratzt: int) -> None:
    version = _version(kratzt)
    assert words.save(kratzt, [Meaning("reason", "Kratzt", "not_as_described")]) == 0 and _version(kratzt) == version
    assert words.save(kratzt, [Meaning("reason", "Kratzt", "defective")]) == 1 and _version(kratzt) > version
    newest = words.changes(kratzt).iloc[0]
    assert (newest["words"], newest["was"], newest["means"]) == ("Kratzt", "not_as_described", "defective")
    assert newest["said_at"] is not None
    assert words.save(kratzt, [Meaning("reason", "Kratzt", None)]) == 1
    assert by(words.occurring(march(), "reason"), "words")["Kratzt"]["origin"] == "not known"


def _version(store: int) -> int:
    known = stores.all_stores()
    return int(known.loc[known["store_id"] == store, "data_version"].iloc[0])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Meaning("reason", "Kratzt", "ugly"), "“Kratzt” cannot mean ugly"),
        (Meaning("colour", "Kratzt", "other"), "not for a colour"),
        (Meaning("reason", " ", "other"), "cannot be kept"),
    ],
)
def test_a_meaning_that_there_is_not_is_refused_and_nothing_is_changed(wrong: Meaning, said: str) -> None:
    store = stores.find(FASHION)
    before = len(words.changes(store))
    with pytest.raises(Refused, match=said):
        words.save(store, [Meaning("reason", "zu klein", "fit"), wrong])
    assert len(words.changes(store)) == before


def test_conditions_say_what_was_put_back_and_what_nobody_looked_at() -> None:
    found = by(conditions.of(march()), "condition")
    told = {name: (row["units"], row["units_restocked"], row["restocked_share"]) for name, row in found.items()}
    assert told == {
        "sellable": (12, 12, 1), "used": (2, 0, 0), "defective": (2, 0, None), "damaged": (6, 0, 0), "not_told": (1, 0, None),
    }  # fmt: skip
    assert found["sellable"]["share_of_value"] == Decimal(360) / 540


def test_what_can_be_sold_again_is_told_by_the_shelf_then_by_the_condition() -> None:
    share = conditions.resellable_share(march(), "all").iloc[0]
    # 12 put back of 22: the two broken ones by their condition, one without a word of which nobody knows
    assert (share["units_returned"], share["units_judged"], share["units_resellable"]) == (23, 22, 12)
    assert share["resellable_share"] == Decimal(12) / 22 and (share["lower"], share["upper"]) == wilson(12, 22)
    assert share["judged_share"] == Decimal(22) / 23
    products = by(conditions.resellable_share(march(), "product"), "title")
    assert [(name, row["units_resellable"], row["units_judged"]) for name, row in products.items()] == [
        ("Tee", 12, 16), ("Cap", 0, 6),
    ]  # fmt: skip
    assert list(conditions.resellable_share(march(), "variant")["units_returned"]) == [14, 6, 3]
    assert list(conditions.resellable_share(march())["title"]) == ["Apparel"]
    # new, and yet it was not put back
    other = replace(march(), store=stores.find(OTHER))
    assert conditions.resellable_share(other, "all").iloc[0]["resellable_share"] == 0
    with pytest.raises(ValueError, match="brand"):
        conditions.resellable_share(march(), "brand")


def test_comments_are_masked_and_shown_to_analysts_alone(shops: str) -> None:
    found = comments.of(march())
    assert [(row["order_name"], row["name"], row["comment"]) for row in found.to_dict("records")] == [
        ("L2", "Not told", "Ring (phone) or write to (e-mail), size 38."),
        ("L3", "Defective", "Seam open"),
        ("L1", "Other", "It scratches, order 112-1234567-1234567 too."),
    ]
    assert list(comments.of(march("refund_date"))["order_name"]) == ["L3", "L1"]
    assert list(comments.of(march(), "defective")["comment"]) == ["Seam open"]
    kept = everything(shops)
    assert "3920045" not in kept and "jane" not in kept
    for role, may in (("owner", True), ("analyst", True), ("viewer", False), ("link", False)):
        with acting(Actor("kim@example.com", role)):
            assert comments.may_see() == may
            with nullcontext() if may else pytest.raises(NotAllowed, match="analysts only"):
                assert len(comments.of(march())) == 3


def test_a_scope_in_which_nothing_came_back_gives_empty_tables() -> None:
    empty = Scope(stores.find(FASHION), None, None, currency="USD")
    for frame, columns in (
        (reasons.of(empty), reasons.COLUMNS),
        (reasons.summary(empty), reasons.SUMMARY_COLUMNS),
        (reasons.of_products(empty), reasons.PRODUCT_COLUMNS),
        (conditions.of(empty), conditions.COLUMNS),
        (conditions.resellable_share(empty), conditions.SHARE_COLUMNS),
        (comments.of(empty), comments.COLUMNS),
    ):
        assert frame.empty and tuple(frame.columns) == columns
