"""The sample shop: the same bytes every time, exports that obey the platform's rules, totals that a second reader finds.

`test_sample_truths.py` has the truths planted in it.
"""

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from analytics import doctor, sales, sample, stores
from analytics.forecasts import demand, inputs, spikes
from analytics.returns import comments, conditions, reasons, rises, words
from analytics.sample import seasons
from analytics.scope import Scope
from analytics.stock import cash, purchase_orders, scorecard, stockouts, suppliers
from imported import rows_of
from sample_files import Shop, answers, back, full_price, goods, open_shop, split, to_cents, to_day, to_text

BERLIN = ZoneInfo("Europe/Berlin")
COMPARED = (
    *("gross_sales", "discounts", "reversals", "net_sales", "charged_shipping", "shipping", "charged_tax", "tax"),
    *(
        "total_sales",
        "tips",
        "gift_cards",
        "collected",
        "orders",
        "zero_total_orders",
        "units",
        "customers",
    ),
)
CONTINUED = {"Name", "Email", "Created at", "Vendor", "title", "kind"}


@pytest.fixture(scope="module")
def shop() -> Shop:
    """The committed copy, read back."""
    return open_shop(sample.COPY, sample.COPY_LAST_DAY)


def test_the_generator_writes_the_committed_copy_again_byte_for_byte(tmp_path: Path) -> None:
    written = {path.name: path.read_bytes() for path in sample.generate(tmp_path, sample.COPY_LAST_DAY)}
    written["ANSWERS.md"] = (tmp_path / "ANSWERS.md").read_bytes()
    kept = {path.name: path.read_bytes() for path in sample.COPY.iterdir()}
    for name in sample.COMPRESSED:
        kept[name] = gzip.decompress(kept.pop(f"{name}.gz"))
    assert sum(path.stat().st_size for path in sample.COPY.iterdir()) < 3_000_000
    assert sorted(kept) == sorted(written)
    for name, content in kept.items():
        assert content == written[name], name


def test_the_committed_copy_is_smaller_than_3_mb() -> None:
    assert 0 < sum(path.stat().st_size for path in sample.COPY.iterdir()) < 3_000_000


def test_the_shop_covers_24_months_of_30000_orders_up_to_the_last_day(shop: Shop) -> None:
    days = {to_day(order["Created at"]) for order in shop.orders}
    assert (min(days), max(days)) == (date(2024, 11, 22), shop.last_day)
    assert len(days) == (max(days) - min(days)).days + 1 == len(shop.report)
    assert len(shop.orders) == len({order["Id"] for order in shop.orders}) == 30_000
    assert shop.answers["start"] == min(days).isoformat() and shop.answers["last_day"] == max(days).isoformat()


def test_the_headers_are_as_wide_as_the_platforms(shop: Shop) -> None:
    assert [len(rows[0]) for rows in (shop.products, shop.inventory, shop.report)] == [57, 17, 11]
    more = (shop.transactions, shop.payments, shop.customers, shop.discounts)
    assert [len(rows[0]) for rows in more] == [9, 16, 21, 17]
    assert len(shop.orders[0]["lines"][0].keys() - {"title", "kind"}) == 79


def test_continuation_rows_carry_only_the_line(shop: Shop) -> None:
    continued = [line for order in shop.orders for line in order["lines"][1:]]
    filled = {column for line in continued for column, value in line.items() if value}
    assert {column for column in filled if not column.startswith("Lineitem ")} == CONTINUED
    assert all(line["Name"] == order["Name"] for order in shop.orders for line in order["lines"])


def test_times_are_berlins_and_the_newest_order_comes_first(shop: Shop) -> None:
    times = [datetime.strptime(order["Created at"], "%Y-%m-%d %H:%M:%S %z") for order in shop.orders]
    assert times == sorted(times, reverse=True)
    assert all(time.utcoffset() == time.astimezone(BERLIN).utcoffset() for time in times)
    assert {order["Created at"][-5:] for order in shop.orders} == {"+0100", "+0200"}


def test_nothing_is_dated_after_the_last_day(shop: Shop) -> None:
    columns = ("Created at", "Paid at", "Fulfilled at", "Cancelled at")
    assert max(order[column][:10] for order in shop.orders for column in columns) == shop.last_day.isoformat()
    moved = [row["Created At"] for row in shop.transactions] + [row["Transaction Date"] for row in shop.payments]
    assert max(day[:10] for day in moved) <= shop.last_day.isoformat()


def test_subtotal_and_total_follow_from_the_lines_of_every_order(shop: Shop) -> None:
    seen: Counter[str] = Counter()
    for order in shop.orders:
        tips = sum(full_price(line) for line in order["lines"] if line["kind"] == "tip")
        full = sum(map(full_price, order["lines"])) - tips
        subtotal, discount, shipping = (to_cents(order[name]) for name in ("Subtotal", "Discount Amount", "Shipping"))
        off_shipping = discount if subtotal == full else 0
        assert subtotal == full - discount + off_shipping, order["Name"]
        assert to_cents(order["Total"]) == subtotal + shipping + tips - off_shipping, order["Name"]
        own = sum(to_cents(line["Lineitem discount"]) for line in order["lines"])
        assert own <= discount - off_shipping, order["Name"]
        seen["shipping" if off_shipping else "both" if 0 < own < discount else "line" if own else "order"] += 1
    assert len(seen) == 4 and min(seen.values()) > 50


def test_the_tax_inside_is_the_countrys_rate_to_the_cent_a_line(shop: Shop) -> None:
    for order in shop.orders:
        untaxed = sum(full_price(line) for line in order["lines"] if line["kind"] != "goods")
        rate = int(order["Tax 1 Name"].split()[-1].strip("%")) if order["Tax 1 Name"] else 0
        exact = Fraction((to_cents(order["Total"]) - untaxed) * rate, 100 + rate)
        assert abs(to_cents(order["Taxes"]) - exact) <= Fraction(len(order["lines"]) + 1, 2), order["Name"]
    countries = {order["Shipping Country"] for order in shop.orders if order["Taxes"] == "0.00" != order["Total"]}
    assert {"CH", "US"} <= countries
    foreign = [order for order in shop.orders if order["Shipping Country"] in ("CH", "US")]
    assert all(order["Taxes"] == "0.00" for order in foreign)


def test_the_totals_are_those_of_the_answers(shop: Shop) -> None:
    sums: Counter[str] = Counter()
    for order in shop.counted:
        amounts = shop.books[order["Name"]]
        sums.update({key: value for key, value in amounts.items() if key != "lines"})
        sums.update({f"{key} back": value for key, value in back(order, amounts).items()})
        sums["refunded"] += to_cents(order["Refunded Amount"])
    sums["reversals"] = sums["goods back"]
    sums["net_sales"] = sums["gross_sales"] - sums["discounts"] - sums["reversals"]
    for key in ("shipping", "tax", "tips"):
        sums[key] = sums[f"charged_{key}"] - sums[f"{key} back"]
    sums["fees"] = sums["fee back"]
    sums["total_sales"] = sums["net_sales"] + sums["shipping"] + sums["tax"] + sums["fees"]
    sums["collected"] = sums["total_sales"] + sums["tips"] + sums["gift_cards"]
    for key in [key for key in sums if not key.endswith(" back")]:
        assert shop.answers[key] == to_text(sums[key]), key
    sold = Decimal(sums["gross_sales"] - sums["discounts"]) / 100
    paying = sum(order["Total"] != "0.00" for order in shop.counted)
    for key, count in (("average_order_value", len(shop.counted)), ("average_order_value_nonzero", paying)):
        assert shop.answers[key] == str((sold / count).quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_what_was_collected_is_what_the_orders_say_was_paid_and_kept(shop: Shop) -> None:
    paid = sum(to_cents(order["Total"]) - to_cents(order["Refunded Amount"]) for order in shop.counted)
    unrefunded = [o for o in shop.counted if o["Cancelled at"] and o["Refunded Amount"] == "0.00"]
    reversed_unpaid = sum(to_cents(order["Total"]) for order in unrefunded)
    assert shop.answers["collected"] == to_text(paid - reversed_unpaid)
    assert shop.answers["cancelled_not_refunded_amount"] == to_text(reversed_unpaid)


def test_the_report_is_the_orders_by_day(shop: Shop) -> None:
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for order in shop.counted:
        amounts = shop.books[order["Name"]]
        refund_day = str(shop.refunded_on.get(order["Name"], ""))
        sold, returned = days[order["Created at"][:10]], days[order["Cancelled at"][:10] or refund_day]
        sold.update({"Orders": 1, "Gross sales": amounts["gross_sales"], "Discounts": -amounts["discounts"]})
        sold.update({"Shipping charges": amounts["charged_shipping"], "Taxes": amounts["charged_tax"]})
        parts = Counter(back(order, amounts))
        returned.update({"Returns": -parts["goods"], "Shipping charges": -parts["shipping"], "Taxes": -parts["tax"]})
        returned["Additional fees"] += parts["fee"]
    for row in shop.report:
        found = days[row["Day"]]
        found["Net sales"] = found["Gross sales"] + found["Discounts"] + found["Returns"]
        found["Total sales"] = (
            found["Net sales"] + found["Shipping charges"] + found["Taxes"] + found["Additional fees"]
        )
        assert int(row["Orders"]) == found.pop("Orders")
        assert {key: to_cents(row[key]) for key in row if key not in ("Day", "Orders")} == {
            key: found[key] for key in row if key not in ("Day", "Orders")
        }, row["Day"]


def test_the_counts_are_those_of_the_answers(shop: Shop) -> None:
    kept = shop.counted
    emails = Counter(order["Email"].lower() for order in kept if order["Email"])
    cancelled = [order for order in kept if order["Cancelled at"]]
    found = {
        "orders_in_file": len(shop.orders),
        "rows_in_file": sum(len(order["lines"]) for order in shop.orders),
        "orders": len(kept),
        "zero_total_orders": sum(order["Total"] == "0.00" for order in kept),
        "units": sum(int(line["Lineitem quantity"]) for _, line in goods(shop)),
        "customers": len(emails),
        "repeat_customers": sum(count > 1 for count in emails.values()),
        "orders_without_customer": sum(not order["Email"] for order in kept),
        "refunded_orders": sum(order["Refunded Amount"] != "0.00" for order in kept),
        "cancelled_orders": len(cancelled),
        "cancelled_not_refunded": sum(order["Refunded Amount"] == "0.00" for order in cancelled),
        "cancelled_next_day": sum(o["Cancelled at"][:10] != o["Created at"][:10] for o in cancelled),
        "voided_orders": sum(order["Financial Status"] == "voided" for order in shop.orders),
        "never_paid_orders": sum(o["Financial Status"] == "pending" and o["Cancelled at"] != "" for o in shop.orders),
    }
    assert {key: int(shop.answers[key]) for key in found} == found
    assert min(found.values()) > 0
    assert len({order["Email"] for order in kept if order["Email"]}) > len(emails)  # some are typed with a capital
    assert {order["Source"] for order in kept} == {"web", "pos", "instagram", "shopify_draft_order"}


def test_tips_go_back_only_with_the_whole_order_and_gift_cards_never(shop: Shop) -> None:
    refunds = [order for order in shop.orders if order["Refunded Amount"] != "0.00"]
    tipped = [order for order in refunds if any(line["kind"] == "tip" for line in order["lines"])]
    assert tipped and all(order["Refunded Amount"] == order["Total"] for order in tipped)
    assert not any(line["kind"] == "gift card" for order in refunds for line in order["lines"])
    assert all((o["Financial Status"] == "refunded") == (o["Refunded Amount"] == o["Total"]) for o in refunds)


def test_splitting_gives_the_left_over_cents_to_the_largest_remainders() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33] == sample.money.spread(100, [1, 1, 1])
    assert split(10, [5, 6, 0]) == [5, 5, 0] == sample.money.spread(10, [5, 6, 0])
    assert sample.money.share(5, 1, 2) == 3  # halves away from zero


def test_loading_imports_every_file_up_to_yesterday_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "generate", lambda folder, last_day: [folder / "a.csv", folder / "b.csv"])
    seen: list[object] = []
    told: list[float] = []

    def load(path: Path, options: object, progress: Callable[[float, str], None]) -> dict[str, str]:
        progress(1.0, "done")
        seen.append(options)
        return {"file": path.name}

    fake = ModuleType("analytics.ingest.load")
    fake.Options, fake.load = dict, load  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "analytics.ingest.load", fake)
    yesterday = datetime.now(BERLIN).date() - timedelta(days=1)
    assert sample.load(lambda share, message: told.append(share)) == [{"file": "a.csv"}, {"file": "b.csv"}]
    named = {"store": "Sample shop", "as_of": yesterday, "currency": "EUR", "time_zone": "Europe/Berlin"}
    assert seen == [named, named]
    assert told == [0.0, 0.55, 1.0]


def _has_the_planted_stockout(store: int, expected: dict[str, str]) -> None:
    """The late delivery and the sales since tell when each variant of the bestseller was gone; some ran out a little before."""
    found = stockouts.of(Scope(store))
    gone = found[found["title"].str.startswith(expected["bestseller"])]
    gone = gone[[day.isoformat() == expected["stockout_last_day"] for day in gone["last_day"]]]
    assert len(gone) == gone["product_key"].nunique() == 15  # three colours in five sizes
    assert gone["first_day"].max().isoformat() == expected["stockout_first_day"]
    assert gone["days"].min() == int(expected["stockout_days"]) and not gone["is_open"].any()
    # most of the generator's other shortages are too short to be told from chance; the shop is drawn anew every day, and on some
    # days a product is as silent by chance, on others no shortage is long enough
    silent = found[found["basis"] == stockouts.SILENT]
    assert len(set(silent["title"]) - set(seasons.SHORTAGES)) <= 1


@pytest.mark.usefixtures("emptied")
def test_the_loaded_shop_agrees_with_its_answers_and_with_the_platforms_report_on_every_day(tmp_path: Path) -> None:
    rows = sample.load()
    assert all(row["rejected"] == 0 for row in rows) and len(rows) == 14
    store = stores.find(sample.STORE)
    sample.generate(tmp_path, stores.among(store)["last_day"].iloc[0])  # which day that was, even if it ends meanwhile
    expected = answers(tmp_path)
    found = sales.summary(Scope(store=store)).iloc[0]
    for key in COMPARED:
        assert found[key] == Decimal(expected[key]), key
    control = sales.control(Scope(store=stores.find(sample.STORE)))
    assert len(control) == 730 * 10
    assert control[control["difference"] != 0].empty
    assert sales.unreconciled(Scope()).empty
    _buys_as_planted(expected)
    _has_the_planted_stockout(stores.find(sample.STORE), expected)
    _learns_from_what_was_asked_for(stores.find(sample.STORE), expected)
    _takes_back_as_planted(expected)
    _has_the_planted_rise(stores.find(sample.STORE), expected)
    _costs_and_advertises_as_planted(expected)
    report = doctor.check(verify=True)
    assert report["differences"] == [] and report["problems"] == []


def _costs_and_advertises_as_planted(told: dict[str, str]) -> None:
    """What the carrier and the platforms charged, and what these claim, is all there, at orders that exist."""
    spent = "select platform, sum(spend), sum(attributed_revenue) from ad_spend_counted group by 1 order by 1"
    assert rows_of(spent) == [
        (name, Decimal(told[f"{name}_spend"]), Decimal(told[f"{name}_claimed"])) for name in ("google", "meta")
    ]
    labels = "select cost_kind, count(*), sum(amount) from fees where source = 'carrier' group by 1 order by 1"
    assert rows_of(labels) == [
        ("label", int(told["parcels_out"]), Decimal(told["labels"])),
        ("return_label", int(told["parcels_back"]), Decimal(told["return_labels"])),
    ]
    lost = "select count(*) from fees_counted where source = 'carrier' and order_key is null"
    assert rows_of(lost) == [(0,)]


def _learns_from_what_was_asked_for(store: int, told: dict[str, str]) -> None:
    """The bestseller's days without stock are put back in about as it sold around them, and of its four large orders all that no holiday
    explains are found, and no others."""
    first = date.fromisoformat(told["stockout_first_day"])
    by_day = demand.of(store, "units", "product", "day")
    its = by_day.keys["name"].str.startswith(told["bestseller"]).to_numpy()
    at = (first - by_day.first_day).days
    raw, learnt = by_day.raw[its].sum(axis=0), by_day.panel.values[its].sum(axis=0)
    beside = [*raw[at - 14 : at], *raw[at + 9 : at + 23]]  # both sides: a season may rise or fall meanwhile
    assert raw[at : at + 9].sum() == 0 and 0.7 < learnt[at : at + 9].mean() / np.mean(beside) < 1.3
    assert by_day.left_out[its][:, at : at + 9].all() and not by_day.left_out[its][:, at - 28 : at].any()
    assert set(spikes.of(Scope(store))["order_name"]) == _unexplained(store, told)


def _unexplained(store: int, told: dict[str, str]) -> set[str]:
    """The planted large orders, but for those on a holiday or up to three days before one, which explains them."""
    last = date.fromisoformat(told["last_day"])
    held = {day for day, _ in inputs.holidays(store, last, date.fromisoformat(told["start"]), last + timedelta(days=7))}
    query = "select order_name, ordered_on from orders where order_name = any(%(names)s)"
    placed = rows_of(query, names=told["biggest_orders"].split(", "))
    assert len(placed) == 4
    return {name for name, day in placed if held.isdisjoint(day + timedelta(days=n) for n in range(4))}


def _takes_back_as_planted(told: dict[str, str]) -> None:
    """The units that came back are those of the returns table, whatever money went back for them."""
    query = """
        select sum(units), sum(units) filter (where is_restocked), sum(units) filter (where not is_restocked),
            count(distinct order_key)
        from reversals where source = 'settled' and units is not null
    """
    names = ("returned_units", "restocked_units", "not_restocked_units", "returned_orders")
    assert rows_of(query) == [tuple(int(told[name]) for name in names)]
    shop = Scope(store=stores.find(sample.STORE))
    units = reasons.of(shop).set_index("reason")["units"]
    assert (units["too_small"], units["other"]) == (int(told["returned_too_small"]), int(told["unknown_reason_units"]))
    assert words.occurring(shop)["words"].iloc[0] == told["unknown_reason"]
    assert sum(conditions.of(shop)["units_restocked"]) == int(told["restocked_units"])
    small = reasons.of_products(shop, "too_small").iloc[0]
    assert (small["title"], small["size"]) == (told["runs_small_product"], told["runs_small_size"])
    assert small["is_flagged"] and small["units_returned"] == int(told["runs_small_units_too_small"])
    since = replace(shop, start=date.fromisoformat(told["bad_batch_first_day"]))
    bad = reasons.of_products(since, "defective", "product").iloc[0]
    assert bad["title"] == told["bad_batch_product"] and bad["is_flagged"]
    assert bad["units_returned"] >= int(told["bad_batch_units_back"])
    said = list(comments.of(shop)["comment"])
    masked = [each for each in said if "(phone)" in each or "(e-mail)" in each]
    assert (len(said), len(masked)) == (int(told["comments"]), int(told["comments_with_contact"]))
    assert not any("@" in each or "23125" in each or "39200" in each for each in said)


def _has_the_planted_rise(store: int, told: dict[str, str]) -> None:
    """The bad batch is found within a week of its first sale, in all of its sizes; at most one accident beside it."""
    found = rises.of(Scope(store))
    first = found.iloc[0]
    assert (first["title"], first["level"], first["is_open"]) == (told["bad_batch_product"], "whole product", True)
    # weeks end with the data: of the batch's first one there may be a day only
    assert abs(date.fromisoformat(told["bad_batch_first_day"]) - first["first_day"]) < timedelta(days=7)
    assert (
        first["before_upper"] < first["since_lower"] and first["rise_certainty"] > Decimal("0.99") and len(found) <= 2
    )


def _buys_as_planted(told: dict[str, str]) -> None:
    """Purchase orders and suppliers of the loaded shop are as its answers have them."""
    shop = Scope(store=stores.find(sample.STORE))
    orders = purchase_orders.orders(shop).set_index("order_no")
    late = orders[(orders["status"] == "sent") & (orders["days_late"].astype(float) > 0)]
    assert (list(late.index), list(late["days_late"])) == ([told["overdue_order"]], [int(told["overdue_days"])])
    now = purchase_orders.summary(purchase_orders.orders(shop)).iloc[0]
    assert (now["open_orders"], now["open_value"]) == (int(told["open_orders"]), Decimal(told["open_value"]))
    scores = scorecard.by_supplier(shop).set_index("supplier")
    assert scores["on_time_share"].astype(float).idxmin() == told["late_supplier"]
    assert scores.loc[told["late_supplier"], "lead_time_p50"] == Decimal(told["late_supplier_median_days"])
    assert scores["short_share"].astype(float).idxmax() == "Hafenkante" and sum(scores["short_share"] > 0) == 1
    assert scores["cost_creep"].astype(float).idxmax() == "Nordlicht" and sum(scores["cost_creep"] > 0) == 1
    terms = suppliers.terms(shop)
    assert terms["supplier"].notna().all() and set(terms["lead_time_basis"]) <= {
        suppliers.OF_PRODUCT,
        suppliers.OF_SUPPLIER,
    }
    paid = cash.upcoming(shop)
    balance = paid[(paid["order_no"] == told["overdue_order"]) & (paid["kind"] == "balance")]
    assert list(balance["amount"]) == [Decimal(told["overdue_balance"])]
