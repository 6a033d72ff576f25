"""Channel rules: the first that fits wins, imports and undos follow them, and what the platform prints is never lost."""

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics import channels, doctor, sales
from analytics.channels import Rule
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.undo import undo
from imported import rows_of, table, take
from shop_files import ORDER_COLUMNS
from test_undo import known, sold

pytestmark = pytest.mark.usefixtures("emptied")

RULES = [
    Rule("tag", "Wholesale", "Wholesale"),
    Rule("channel", "subscription_contract", "Subscriptions"),
    Rule("channel", "online STORE", "Website"),
    Rule("tag", "gift", "Gifts"),
]


def orders_file(folder: Path, name: str = "orders.csv", price: str = "10.00") -> Path:
    rows = [
        sold(1, 0, 1, "1.00", "Mug", Source="web"),
        sold(2, 0, 1, price, "Mug", Source="shopify_draft_order", Tags="net 30, WHOLESALE"),
        sold(3, 1, 1, "100.00", "Mug", Source="subscription_contract", Tags="gift,"),
        sold(4, 1, 1, "1000.00", "Mug", Source="pos", Tags="wholesaler, gift"),
        sold(5, 2, 1, "10000.00", "Mug", Source="4711", Tags=""),
    ]
    return table(folder / name, ORDER_COLUMNS, rows)


def by_channel() -> dict[str, str]:
    frame = sales.by_dimension(Scope(), "channel")
    return {row["value"]: f"{row['net_sales']:.0f}" for row in frame.to_dict("records")}


PRINTED = {
    "Online store": "1",
    "Draft orders": "10",
    "subscription_contract": "100",
    "Point of sale": "1000",
    "4711": "10000",
}
RULED = {"Website": "1", "Wholesale": "10", "Subscriptions": "100", "Gifts": "1000", "4711": "10000"}


def version_now() -> int:
    return int(rows_of("select data_version from stores where store_id = 1")[0][0])


def assert_true() -> None:
    report = doctor.check(verify=True)
    assert (report["differences"], report["problems"]) == ([], [])


def test_the_first_rule_that_fits_gives_an_order_its_channel(tmp_path: Path) -> None:
    take(orders_file(tmp_path))
    assert by_channel() == PRINTED
    version = version_now()
    assert channels.save(1, RULES) == 4
    assert by_channel() == RULED
    assert version_now() == version + 1
    assert rows_of("select order_name, platform_channel from orders order by 1") == [
        ("#1", "Online store"), ("#2", "Draft orders"), ("#3", "subscription_contract"), ("#4", "Point of sale"), ("#5", None),
    ]  # fmt: skip
    assert_true()


def test_without_rules_orders_are_what_the_platform_printed_again(tmp_path: Path) -> None:
    take(orders_file(tmp_path))
    before = known("Shop")
    channels.save(1, RULES)
    assert channels.save(1, [RULES[0]]) == 3
    assert by_channel() == {"Wholesale" if name == "Draft orders" else name: sum_ for name, sum_ in PRINTED.items()}
    assert channels.save(1, []) == 1
    assert known("Shop") == before
    assert_true()


def test_of_two_rules_that_fit_the_earlier_wins_whatever_they_go_by(tmp_path: Path) -> None:
    take(orders_file(tmp_path))
    channels.save(1, [Rule("tag", "gift", "Gifts"), Rule("channel", "subscription_contract", "Subscriptions")])
    assert by_channel()["Gifts"] == "1100"
    channels.save(1, [Rule("channel", "subscription_contract", "Subscriptions"), Rule("tag", "gift", "Gifts")])
    assert (by_channel()["Subscriptions"], by_channel()["Gifts"]) == ("100", "1000")
    assert channels.rules(1)["channel"].tolist() == ["Subscriptions", "Gifts"]


def test_an_import_follows_the_rules_and_the_same_orders_again_are_unchanged(tmp_path: Path) -> None:
    path = orders_file(tmp_path)
    take(path)
    channels.save(1, RULES)
    again = take(path, as_of=date(2024, 7, 1))
    assert (again["status"], again["unchanged"]) == ("unchanged", 5)
    assert by_channel() == RULED
    take(orders_file(tmp_path, "changed.csv", "11.00"), as_of=date(2024, 7, 2))
    assert by_channel() == RULED | {"Wholesale": "11"}
    assert_true()


@pytest.mark.parametrize(
    ("later", "channel"),
    [(Rule("tag", "net 30", "Trade"), ("Trade", "Draft orders")), (Rule("tag", "vip", "Club"), ("Draft orders", None))],
)
def test_an_undo_brings_back_what_was_printed_under_the_rules_of_today(
    later: Rule, channel: tuple[str, str | None], tmp_path: Path
) -> None:
    take(orders_file(tmp_path))
    channels.save(1, RULES)
    newer = take(orders_file(tmp_path, "changed.csv", "11.00"), as_of=date(2024, 7, 2))
    channels.save(1, [later])
    undo(newer["import_id"])
    assert rows_of("select channel, platform_channel from orders where order_name = '#2'") == [channel]
    assert_true()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Rule("channel", " ", "Shop"), "Rule 1: say which channel it is for."),
        (Rule("tag", "b2b", ""), "Rule 1: say which channel orders with tag “b2b” are."),
        (Rule("tag", "b2b, vip", "Trade"), "a comma parts tags"),
        (Rule("source", "b2b", "Trade"), "Rule 1: choose whether"),
        (Rule("tag", "b" * 101, "Trade"), "at most 100 characters"),
    ],
)
def test_a_rule_that_could_never_apply_is_named(wrong: Rule, said: str) -> None:
    assert len(channels.problems([wrong])) == 1 and said in channels.problems([wrong])[0]


def test_rules_that_are_refused_change_nothing(tmp_path: Path) -> None:
    take(orders_file(tmp_path))
    channels.save(1, RULES)
    version = version_now()
    with pytest.raises(Refused, match="Rule 2: say which tag it is for"):
        channels.save(1, [RULES[0], Rule("tag", "", "Trade")])
    assert by_channel() == RULED and version_now() == version


def test_a_rule_said_twice_is_named() -> None:
    twice = [Rule("tag", "B2B", "Trade"), Rule("tag", "b2b ", "Wholesale")]
    assert channels.problems(twice) == ["Rule 2: tag “b2b” stands in rule 1 already, which comes first and wins."]


def test_the_rules_of_a_store_are_its_own(tmp_path: Path) -> None:
    path = orders_file(tmp_path)
    rows_of("insert into stores (name) values ('Shop'), ('Other') returning store_id")
    channels.save(2, RULES)
    for store in ("Shop", "Other"):
        take(path, store=store)
    assert {row["value"] for row in sales.by_dimension(Scope(store=1), "channel").to_dict("records")} == set(PRINTED)
    assert {row["value"] for row in sales.by_dimension(Scope(store=2), "channel").to_dict("records")} == set(RULED)


def test_what_occurs_is_offered_and_suggestions_are_for_that_alone(tmp_path: Path) -> None:
    take(orders_file(tmp_path))
    found = channels.occurring(1)
    assert Counter(zip(found["field"], found["value"], found["orders"], strict=True)) == Counter(
        [("channel", name, 1) for name in PRINTED]
        + [("tag", "gift", 2), ("tag", "net 30", 1), ("tag", "WHOLESALE", 1), ("tag", "wholesaler", 1)]
    )
    channels.save(1, RULES)
    pd.testing.assert_frame_equal(channels.occurring(1), found)
    assert channels.suggestions(found, []) == [
        Rule("tag", "WHOLESALE", "Wholesale"), Rule("tag", "wholesaler", "Wholesale"),
        Rule("channel", "subscription_contract", "Subscriptions"),
    ]  # fmt: skip
    assert channels.suggestions(found, RULES) == [Rule("tag", "wholesaler", "Wholesale")]
    assert channels.idle(found, [*RULES, Rule("tag", "vip", "Club")]) == [Rule("tag", "vip", "Club")]
    assert channels.unnamed_apps(found, RULES) == ["4711"]
