"""The truths planted in the sample shop hold in its files, whatever day it ends on."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, median, pstdev

import pytest

from analytics import sample
from sample_files import Row, Shop, back, goods, open_shop, read, to_cents, to_day, to_text, units_by_day

# the committed copy's day, a leap day, and the Monday on which a Black Friday weekend ends
DAYS = (sample.COPY_LAST_DAY, date(2028, 2, 29), date(2026, 11, 30))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The committed copy, or a shop made for another last day, read back."""
    if request.param == sample.COPY_LAST_DAY:
        return open_shop(sample.COPY, request.param)
    folder = tmp_path_factory.mktemp("sample")
    sample.generate(folder, request.param)
    return open_shop(folder, request.param)


def _number(shop: Shop, key: str) -> int:
    return int(shop.answers[key])


def _since(shop: Shop, days: int) -> date:
    return shop.last_day - timedelta(days=days - 1)


def _pieces_since(shop: Shop, title: str, days: int) -> int:
    return sum(count for day, count in units_by_day(shop, title).items() if day >= _since(shop, days))


def test_the_bestseller_is_out_for_nine_days_and_sells_on_every_other(shop: Shop) -> None:
    pieces: Counter[str] = Counter()
    for _, line in goods(shop):
        pieces[line["title"]] += int(line["Lineitem quantity"])
    (title, count), (_, second) = pieces.most_common(2)
    assert title == shop.answers["bestseller"]
    assert (count, second) == (_number(shop, "bestseller_units"), _number(shop, "runner_up_units"))
    days = {date.fromisoformat(row["Day"]) for row in shop.report} - units_by_day(shop, title).keys()
    first, last = (date.fromisoformat(shop.answers[f"stockout_{end}_day"]) for end in ("first", "last"))
    assert sorted(days) == [first + timedelta(days=n) for n in range(9)]
    assert last == max(days) == shop.last_day - timedelta(days=32) and _number(shop, "stockout_days") == 9


def test_one_size_of_one_product_comes_back_far_more_often(shop: Shop) -> None:
    found: Counter[str] = Counter()
    for order in shop.counted:
        line = order["lines"][0]
        if len(order["lines"]) > 1 or line["title"] != shop.answers["runs_small_product"] or order["Cancelled at"]:
            continue
        is_small = line["Lineitem name"].endswith(f"/ {shop.answers['runs_small_size']}")
        found["runs_small_orders" if is_small else "other_sizes_orders"] += 1
        is_back = order["Refunded Amount"] == order["Total"]
        found["runs_small_refunded" if is_small else "other_sizes_refunded"] += is_back
    assert found == {key: _number(shop, key) for key in found} and len(found) == 4
    small = found["runs_small_refunded"] / found["runs_small_orders"]
    assert small > 5 * found["other_sizes_refunded"] / found["other_sizes_orders"] and small > 0.25


def test_forty_skus_have_no_cost(shop: Shop) -> None:
    variants = [row for row in shop.products if row["Price"]]
    assert len(variants) == _number(shop, "variants")
    missing = [row["SKU"] for row in variants if not row["Cost per item"]]
    assert len(missing) == len(set(missing)) == 40 == _number(shop, "skus_without_cost") and all(missing)


def test_the_known_cost_of_all_pieces_adds_up(shop: Shop) -> None:
    costs, title = {}, ""
    for row in shop.products:
        title = row["Title"] or title
        if row["Price"]:
            options = " / ".join(v for v in (row["Option1 value"], row["Option2 value"]) if v and v != "Default Title")
            costs[f"{title} - {options}" if options else title] = to_cents(row["Cost per item"] or "0")
    total = sum(costs[line["Lineitem name"]] * int(line["Lineitem quantity"]) for _, line in goods(shop))
    assert to_text(total) == shop.answers["cost_of_units_sold"]


def test_one_sku_is_shared_and_one_product_has_none(shop: Shop) -> None:
    skus = Counter(row["SKU"] for row in shop.products if row["Price"])
    assert [sku for sku, count in skus.items() if sku and count > 1] == [shop.answers["shared_sku"]]
    assert skus[""] == 1 and shop.answers["shared_sku"].startswith("0")
    blank = {line["title"] for _, line in goods(shop) if not line["Lineitem sku"]}
    assert blank == {shop.answers["product_without_sku"]}
    pieces = sum(units_by_day(shop, shop.answers["product_without_sku"]).values())
    assert pieces == _number(shop, "product_without_sku_units") > 100


def test_goodwill_is_35_per_cent_and_return_fees_are_round(shop: Shop) -> None:
    refunds = [(to_cents(o["Total"]), to_cents(o["Refunded Amount"])) for o in shop.counted]
    goodwill = [part for total, part in refunds if part and part == (total * 35 + 50) // 100]
    assert (len(goodwill), to_text(sum(goodwill))) == (120, shop.answers["goodwill_amount"])
    assert _number(shop, "goodwill_orders") == 120
    for fee, count in ((5, 140), (10, 90)):
        assert sum(part > 0 and total - part == fee * 100 for total, part in refunds) == count
        assert _number(shop, f"return_fee_{fee}_orders") == count


def test_a_black_friday_offer_sold_below_cost(shop: Shop) -> None:
    title, friday = shop.answers["loss_maker"], date.fromisoformat(shop.answers["black_friday"])
    assert friday.weekday() == 4 and 23 <= friday.day <= 29 and friday.month == 11
    assert friday + timedelta(days=3) <= shop.last_day < friday + timedelta(days=371)
    cost = {
        to_cents(row["Cost per item"]) for row in shop.products if row["URL handle"] == "polar-parka" and row["Price"]
    }
    days = {(friday + timedelta(days=n)).isoformat() for n in range(4)}
    weekend = [order for order in shop.counted if order["Created at"][:10] in days]
    sold = [line for order in weekend for line in shop.books[order["Name"]]["lines"] if line[0]["title"] == title]
    pieces = sum(int(row["Lineitem quantity"]) for row, _, _ in sold)
    net, spent = sum(gross - off for _, gross, off in sold), pieces * cost.pop()
    assert not cost and pieces == _number(shop, "loss_maker_units") >= 10
    assert [to_text(net), to_text(spent)] == [shop.answers["loss_maker_net_sales"], shop.answers["loss_maker_cost"]]
    assert to_text(net - spent) == shop.answers["loss_maker_profit"] and net < spent


def test_a_code_for_new_customers_is_used_by_existing_ones(shop: Shop) -> None:
    seen: set[str] = set()
    uses = existing = 0
    for order in reversed(shop.orders):
        email = order["Email"].lower()
        if order["Name"] in shop.books and order["Discount Code"] == shop.answers["code_of_existing_customers"]:
            uses += 1
            existing += email in seen
        seen.add(email)
    assert (uses, existing) == (_number(shop, "code_uses"), _number(shop, "code_uses_existing"))
    assert existing > 0.6 * uses > 100


def test_one_country_grew_at_least_threefold(shop: Shop) -> None:
    days = [to_day(o["Created at"]) for o in shop.counted if o["Billing Country"] == shop.answers["growing_country"]]
    late = sum(day >= _since(shop, 365) for day in days)
    early = sum(_since(shop, 730) <= day < _since(shop, 365) for day in days)
    assert (early, late) == (_number(shop, "growing_country_orders_before"), _number(shop, "growing_country_orders"))
    assert late > 3 * early > 100


def test_the_four_biggest_orders_are_bulk_orders(shop: Shop) -> None:
    ranked = sorted(shop.counted, key=lambda order: -to_cents(order["Total"]))
    assert ", ".join(order["Name"] for order in ranked[:4]) == shop.answers["biggest_orders"]
    assert ", ".join(order["Total"] for order in ranked[:4]) == shop.answers["biggest_totals"]
    assert to_cents(ranked[3]["Total"]) > 2 * to_cents(ranked[4]["Total"])


def test_a_product_is_new_and_another_fades(shop: Shop) -> None:
    new = units_by_day(shop, shop.answers["newcomer"])
    assert (min(new).isoformat(), sum(new.values())) == (
        shop.answers["newcomer_first_day"],
        _number(shop, "newcomer_units"),
    )
    assert 70 <= (shop.last_day - min(new)).days <= 75
    old, start = units_by_day(shop, shop.answers["fading_product"]), date.fromisoformat(shop.answers["start"])
    first = sum(count for day, count in old.items() if day < start + timedelta(days=90))
    last = _pieces_since(shop, shop.answers["fading_product"], 90)
    assert (first, last) == (_number(shop, "fading_units_first_90_days"), _number(shop, "fading_units_last_90_days"))
    assert first > 5 * last


def test_seven_paid_orders_wait_for_shipment(shop: Shop) -> None:
    waiting = [
        order["Name"]
        for order in shop.orders
        if (order["Financial Status"], order["Fulfillment Status"], order["Cancelled at"])
        == ("paid", "unfulfilled", "")
        and to_day(order["Created at"]) < _since(shop, 3)
    ]
    assert ", ".join(waiting) == shop.answers["unshipped_orders"] and len(waiting) == 7


def test_the_stock_is_that_of_the_answers(shop: Shop) -> None:
    known = [row for row in shop.inventory if row["On hand"] != "not stocked"]
    assert all(int(r["On hand"]) == int(r["Available"]) + int(r["Committed"]) + int(r["Unavailable"]) for r in known)
    found = {
        "stock_rows": len(shop.inventory),
        "on_hand": sum(int(row["On hand"]) for row in known),
        "negative_levels": sum(int(row["On hand"]) < 0 for row in known),
        "not_stocked": len(shop.inventory) - len(known),
    }
    assert found == {key: _number(shop, key) for key in found} and min(found.values()) > 0
    variants = {
        (row["URL handle"], row["Option1 value"], row["Option2 value"]): row["Cost per item"] for row in shop.products
    }
    keys = [(row["Handle"], row["Option1 Value"], row["Option2 Value"]) for row in known]
    value = sum(int(row["On hand"]) * to_cents(variants[key] or "0") for row, key in zip(known, keys, strict=True))
    assert to_text(value) == shop.answers["value_at_cost"]
    assert len({row["Location"] for row in known}) == 2


def test_one_product_is_overstocked_and_a_good_seller_runs_out(shop: Shop) -> None:
    cover = {}
    for name in ("overstocked", "running_out"):
        rows = [row for row in shop.inventory if row["Title"] == shop.answers[f"{name}_product"]]
        available = sum(int(row["Available"]) for row in rows if row["Available"] != "not stocked")
        sold = _pieces_since(shop, shop.answers[f"{name}_product"], 90)
        answer = (_number(shop, f"{name}_available"), _number(shop, f"{name}_units_90_days"))
        assert (available, sold) == answer
        cover[name] = available * 90 / sold
    assert cover["overstocked"] > 720 and 0 < cover["running_out"] < 14


def test_every_refund_has_its_day_and_its_amount_in_the_transaction_history(shop: Shop) -> None:
    back = {row["Name"]: row["Amount"] for row in shop.transactions if row["Kind"] == "refund"}
    orders = {order["Name"]: order for order in shop.orders if order["Refunded Amount"] != "0.00"}
    assert back == {name: order["Refunded Amount"] for name, order in orders.items()}
    assert len(back) == _number(shop, "transaction_refunds")
    assert (
        to_text(sum(map(to_cents, back.values()))) == shop.answers["transaction_refunded"] == shop.answers["refunded"]
    )
    paid = {
        row["Name"]: row["Amount"] for row in shop.transactions if row["Kind"] == "sale" and row["Status"] == "success"
    }
    assert paid == {name: order["Total"] for name, order in orders.items()}
    assert sum(row["Status"] == "failure" for row in shop.transactions) > 20
    waited = sorted(
        (shop.refunded_on[name] - to_day(order["Created at"])).days
        for name, order in orders.items()
        if not order["Cancelled at"]
    )
    assert waited[0] >= 0 and waited[len(waited) // 2] == _number(shop, "median_days_to_refund") > 7
    for name, order in orders.items():
        if order["Cancelled at"]:
            assert shop.refunded_on[name] == to_day(order["Cancelled at"])


def test_the_payouts_are_the_card_payments_of_90_days_minus_their_fees(shop: Shop) -> None:
    cards = {order["Name"]: order for order in shop.counted if order["Payment Method"] == "Shopify Payments"}
    charged = {row["Order"]: row["Amount"] for row in shop.payments if row["Type"] == "charge"}
    since = _since(shop, 90)
    assert charged == {
        name: order["Total"]
        for name, order in cards.items()
        if order["Paid at"] and to_day(order["Paid at"]) >= since and order["Total"] != "0.00"
    }
    back = {row["Order"]: row["Amount"] for row in shop.payments if row["Type"] == "refund"}
    assert back == {
        name: f"-{cards[name]['Refunded Amount']}"
        for name, day in shop.refunded_on.items()
        if name in cards and day >= since
    }
    amounts = [tuple(to_cents(row[name]) for name in ("Amount", "Fee", "Net")) for row in shop.payments]
    assert all(amount - fee == net for amount, fee, net in amounts)
    assert all(fee == ((2 * amount * 19 + 1000) // 2000 + 25 if amount > 0 else 0) for amount, fee, _ in amounts)
    sums = [to_text(sum(part)) for part in zip(*amounts, strict=True)]
    assert sums == [shop.answers[f"payout_{name}"] for name in ("amount", "fees", "net")]
    assert len(amounts) == _number(shop, "payout_rows") > 1000
    pending = [row for row in shop.payments if row["Payout Status"] == "pending"]
    assert len(pending) == _number(shop, "payout_pending") > 0
    assert all(row["Available On"] > shop.last_day.isoformat() and not row["Payout Date"] for row in pending)


def test_the_customers_of_the_segment_have_their_whole_history(shop: Shop) -> None:
    orders, spent, lately = Counter[str](), Counter[str](), set()
    for order in shop.counted:
        email = order["Email"].lower()
        orders[email] += 1
        spent[email] += to_cents(order["Total"]) - to_cents(order["Refunded Amount"])
        if email and to_day(order["Created at"]) >= _since(shop, 30):
            lately.add(email)
    found = {row["Email"]: (int(row["Total Orders"]), to_cents(row["Total Spent"])) for row in shop.customers}
    assert found == {email: (orders[email], spent[email]) for email in lately}
    assert len(shop.customers) == len(found) == _number(shop, "segment_customers") > 500
    assert sum(count == 1 for count, _ in found.values()) == _number(shop, "segment_new")
    assert sum(count for count, _ in found.values()) == _number(shop, "segment_orders")
    assert to_text(sum(cents for _, cents in found.values())) == shop.answers["segment_spent"]
    assert {row["Tags"] for row in shop.customers if int(row["Total Orders"]) >= 5} == {"Stammkunde"}


def test_the_codes_were_used_as_often_as_the_orders_say(shop: Shop) -> None:
    used = Counter(order["Discount Code"] for order in shop.orders if order["Discount Code"])
    assert {row["Name"]: int(row["Times Used In Total"]) for row in shop.discounts} == {
        **used,
        shop.answers["code_never_used"]: 0,
    }
    assert used.total() == _number(shop, "code_uses_in_all")
    assert len(shop.discounts) == _number(shop, "discount_codes")


def _bought(shop: Shop) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    """The first row of each purchase order, which carries it, and all its rows."""
    rows: dict[str, list[Row]] = {}
    for row in read(shop.folder / "purchase_orders.csv"):
        rows.setdefault(row["Purchase order"], []).append(row)
    return {number: lines[0] for number, lines in rows.items()}, rows


def _worth(rows: list[Row]) -> int:
    return sum(int(row["Units"] or 0) * to_cents(row["Unit cost"] or "0") for row in rows)


def test_one_supplier_is_later_than_it_promises_and_one_order_is_21_days_late(shop: Shop) -> None:
    heads, rows = _bought(shop)
    told = shop.answers
    assert len(heads) == _number(shop, "purchase_orders")
    lines = [row for each in rows.values() for row in each if row["Units"]]
    assert len(lines) == _number(shop, "purchase_lines")
    assert sum(bool(row["Received on"]) for each in rows.values() for row in each) == _number(shop, "purchase_receipts")
    terms = {
        row["Supplier"]: int(row["Lead time days"]) for row in read(shop.folder / "suppliers.csv") if not row["SKU"]
    }
    assert terms[told["late_supplier"]] == _number(shop, "late_supplier_promised_days")
    taken: dict[str, list[tuple[int, int]]] = {supplier: [] for supplier in terms}
    for number, head in heads.items():
        if head["Status"] == "closed":
            ordered, promised = (date.fromisoformat(head[name]) for name in ("Ordered on", "Expected on"))
            came = max(date.fromisoformat(row["Received on"]) for row in rows[number] if row["Received on"])
            taken[head["Supplier"]].append(((came - ordered).days, (came - promised).days))
    assert all(late > 0 for _, late in taken[told["late_supplier"]])
    middle = median(days for days, _ in taken[told["late_supplier"]])
    assert f"{middle:g}" == told["late_supplier_median_days"] and middle > terms[told["late_supplier"]]
    assert all(sum(late > 0 for _, late in each) <= 5 for name, each in taken.items() if name != told["late_supplier"])

    waiting = {number: head for number, head in heads.items() if head["Status"] == "sent"}
    assert len(waiting) == _number(shop, "open_orders")
    assert to_text(sum(_worth(rows[number]) for number in waiting)) == told["open_value"]
    tomorrow = shop.last_day + timedelta(days=1)
    late = {n: (tomorrow - date.fromisoformat(head["Expected on"])).days for n, head in waiting.items()}
    assert {number: days for number, days in late.items() if days > 0} == {told["overdue_order"]: 21}
    order = rows[told["overdue_order"]]
    titles = {row["SKU"]: title for title, row in _by_title(shop)}
    assert {titles[row["SKU"]] for row in order} == {told["overdue_product"]} == {told["running_out_product"]}
    assert sum(int(row["Units"]) for row in order) == _number(shop, "overdue_units")
    balance = _worth(order) + to_cents(order[0]["Freight"]) - to_cents(order[0]["Deposit"])
    assert to_text(balance) == told["overdue_balance"]


def _by_title(shop: Shop) -> Iterator[tuple[str, Row]]:
    title = ""
    for row in shop.products:
        title = row["Title"] or title
        yield title, row


def test_one_line_never_came_whole_one_product_became_dearer_and_one_delivery_left_the_bestseller_out(
    shop: Shop,
) -> None:
    heads, rows = _bought(shop)
    told = shop.answers
    titles = {row["SKU"]: title for title, row in _by_title(shop)}
    short = []
    for number, head in heads.items():
        came: Counter[str] = Counter()
        for row in rows[number]:
            came[row["SKU"]] += int(row["Received units"] or 0)
        ordered = {row["SKU"]: int(row["Units"]) for row in rows[number] if row["Units"]}
        if head["Status"] == "closed":
            short += [(number, sku, f"{came[sku]} of {units}") for sku, units in ordered.items() if came[sku] != units]
    assert short == [(told["short_order"], told["short_sku"], told["short_units"])]
    costs: dict[str, list[str]] = {}
    for number in sorted(heads):
        for row in rows[number]:
            if row["Units"] and row["Unit cost"] not in costs.setdefault(titles[row["SKU"]], []):
                costs[titles[row["SKU"]]].append(row["Unit cost"])
    assert " to ".join(costs[told["creeping_product"]]) == told["creeping_cost"]
    assert [title for title, each in costs.items() if len(each) > 1] == [told["creeping_product"]]
    # it came on the day after the bestseller had been out, nine days after its promise
    head, first = heads[told["stockout_order"]], rows[told["stockout_order"]][0]
    came = date.fromisoformat(first["Received on"])
    assert came == date.fromisoformat(told["stockout_last_day"]) + timedelta(days=1)
    assert (came - date.fromisoformat(head["Expected on"])).days == 9
    assert told["bestseller"] in {titles[row["SKU"]] for row in rows[told["stockout_order"]]}


ENGLISH = {"Zu klein": "Too small", "Zu groß": "Too large", "Gefällt nicht": "Changed my mind", "Beschädigt": "Damaged"}
REACHED = re.compile(r"@|\d{5}|\(0\d+\)|\+49")


@pytest.fixture(scope="module")
def returned(shop: Shop) -> list[Row]:
    """The rows of the returns table, with the English word of their reason."""
    rows = read(shop.folder / "returns.csv")
    return [row | {"Reason": ENGLISH.get(row["Reason"], row["Reason"])} for row in rows]


def _pieces(rows: Iterable[Row], **cells: str) -> int:
    return sum(int(row["Quantity"]) for row in rows if all(row[name] == value for name, value in cells.items()))


def test_every_return_is_of_a_refunded_line_after_its_order_and_before_its_refund(
    shop: Shop, returned: list[Row]
) -> None:
    orders = {order["Name"]: order for order in shop.counted}
    seen: Counter[tuple[str, str]] = Counter()
    for row in returned:
        order, day = orders[row["Order"]], date.fromisoformat(row["Return date"])
        assert to_day(order["Created at"]) < day <= shop.refunded_on[row["Order"]] <= shop.last_day
        assert order["Source"] != "pos" and not order["Cancelled at"]
        lines = [line for line in order["lines"] if line["Lineitem name"] == row["Product"]]
        assert {(line["Lineitem sku"], line["kind"]) for line in lines} == {(row["SKU"], "goods")}
        seen[row["Order"], row["Product"]] += int(row["Quantity"])
        assert seen[row["Order"], row["Product"]] <= sum(int(line["Lineitem quantity"]) for line in lines)
    assert (len(returned), len({row["Order"] for row in returned})) == (
        _number(shop, "returns_rows"),
        _number(shop, "returned_orders"),
    )
    online = sum(orders[name]["Source"] != "pos" for name in shop.refunded_on if not orders[name]["Cancelled at"])
    assert 0.6 * online < _number(shop, "returned_orders") < online  # goodwill and odd amounts are no returns


def test_reasons_conditions_and_what_was_done_are_those_of_the_answers(shop: Shop, returned: list[Row]) -> None:
    commented = [row["Comment"] for row in returned if row["Comment"]]
    found = {
        "returned_units": _pieces(returned),
        "returned_too_small": _pieces(returned, Reason="Too small"),
        "returned_without_reason": _pieces(returned, Reason=""),
        "unknown_reason_units": _pieces(returned, Reason=shop.answers["unknown_reason"]),
        "restocked_units": _pieces(returned, Restocked="yes"),
        "not_restocked_units": _pieces(returned, Restocked="no"),
        "exchanged_units": _pieces(returned, Resolution="Exchange", Kind="exchange"),
        "store_credit_units": _pieces(returned, Resolution="Store credit", Kind="return"),
        "comments": len(commented),
        "comments_with_contact": sum(
            bool(REACHED.search(text.replace("112-5550199-4477201", ""))) for text in commented
        ),
    }
    assert found == {name: _number(shop, name) for name in found} and min(found.values()) > 10
    # what can be sold again is in a condition for it, and what is broken is not
    assert {row["Restocked"] for row in returned if row["Condition"] in ("Damaged", "Defective")} <= {"no", ""}


def test_the_size_that_runs_small_comes_back_as_too_small(shop: Shop, returned: list[Row]) -> None:
    title, size = shop.answers["runs_small_product"], shop.answers["runs_small_size"]
    small = [row for row in returned if row["Product"].startswith(title) and row["Product"].endswith(f"/ {size}")]
    assert _pieces(small) == _number(shop, "runs_small_units_back")
    assert _pieces(small, Reason="Too small") == _number(shop, "runs_small_units_too_small") > 0.75 * _pieces(small)
    others = [row for row in returned if row["Product"].startswith(title) and row not in small]
    assert _pieces(others, Reason="Too small") < 0.5 * _pieces(others)


def test_a_bad_batch_of_one_product_comes_back_in_the_last_six_weeks(shop: Shop, returned: list[Row]) -> None:
    title, first = shop.answers["bad_batch_product"], date.fromisoformat(shop.answers["bad_batch_first_day"])
    assert first == _since(shop, 43)
    ordered = {order["Name"]: to_day(order["Created at"]) for order in shop.counted}
    of_it = [row for row in returned if row["Product"].startswith(title)]
    late = [row for row in of_it if ordered[row["Order"]] >= first]
    assert _pieces(of_it) - _pieces(late) == _number(shop, "bad_batch_units_back_before")
    assert _pieces(late, Reason="Defective", Condition="Defective") >= _number(shop, "bad_batch_units_back") > 8
    sold = units_by_day(shop, title)
    before, since = sum(n for day, n in sold.items() if day < first), _pieces_since(shop, title, 43)
    assert _pieces(late) / since > 3 * (_number(shop, "bad_batch_units_back_before") / before)


@pytest.fixture(scope="module")
def google(shop: Shop) -> list[Row]:
    """Google's report by campaign and day, its totals cut off."""
    *rows, campaigns, account = read(shop.folder / "google_ads.csv", above=2)
    assert (campaigns["Day"], account["Day"]) == ("Total: Campaigns", "Total: Account")
    assert (
        _sum(rows, "Cost") == to_cents(campaigns["Cost"].replace(",", "")) == to_cents(account["Cost"].replace(",", ""))
    )
    return rows


@pytest.fixture(scope="module")
def meta(shop: Shop) -> list[Row]:
    """Meta's report by campaign and day, its total cut off."""
    total, *rows = read(shop.folder / "meta_ads.csv")
    assert total["Campaign name"] == "" and to_cents(total["Amount spent (EUR)"]) == _sum(rows, "Amount spent (EUR)")
    return rows


def _sum(rows: Iterable[Row], column: str) -> int:
    return sum(to_cents(row[column].replace(",", "") or "0") for row in rows)


def test_ads_cost_and_claim_what_the_answers_say(shop: Shop, google: list[Row], meta: list[Row]) -> None:
    told = shop.answers
    assert [to_text(_sum(google, name)) for name in ("Cost", "Conv. value")] == [
        told["google_spend"],
        told["google_claimed"],
    ]
    columns = ("Amount spent (EUR)", "Purchases conversion value")
    assert [to_text(_sum(meta, name)) for name in columns] == [told["meta_spend"], told["meta_claimed"]]
    first = date.fromisoformat(told["ads_first_day"])
    assert first == _since(shop, 365) == min(date.fromisoformat(row["Day"]) for row in meta)
    net = 0
    for order in shop.counted:
        if to_day(order["Created at"]) >= first:
            amounts = shop.books[order["Name"]]
            net += amounts["gross_sales"] - amounts["discounts"] - back(order, amounts).get("goods", 0)
    assert to_text(net) == told["ads_net_sales"]
    claimed = Decimal(told["google_claimed"]) + Decimal(told["meta_claimed"])
    assert told["overclaim_ratio"] == str(
        (claimed / Decimal(told["ads_net_sales"])).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    )


def test_google_brings_more_on_days_of_more_spend_and_metas_spend_hardly_varies(
    shop: Shop, google: list[Row], meta: list[Row]
) -> None:
    spent: Counter[str] = Counter()
    for row in google:
        spent[row["Day"]] += to_cents(row["Cost"])
    # six budgets, of which one is none
    assert set(spent.values()) == {4286, 10000, 18000, 30000, 50000}
    orders = Counter(to_day(order["Created at"]).isoformat() for order in shop.counted)
    days = [day for day in orders if day >= shop.answers["ads_first_day"]]
    low, high = ([orders[day] for day in days if (spent[day] > 20000) is is_high] for is_high in (False, True))
    assert 1.05 < (sum(high) / len(high)) / (sum(low) / len(low)) < 1.3
    by_day: Counter[str] = Counter()
    for row in meta:
        by_day[row["Day"]] += to_cents(row["Amount spent (EUR)"])
    assert len(by_day) == 365 and pstdev(by_day.values()) / fmean(by_day.values()) < 0.02
    assert f"{pstdev(by_day.values()) / fmean(by_day.values()):.4f}" == shop.answers["meta_variation"]


def test_three_campaigns_waste_what_the_answers_say(shop: Shop, google: list[Row], meta: list[Row]) -> None:
    told = shop.answers
    out = (told["stockout_first_day"], told["stockout_last_day"])
    wasted = [row for row in google if row["Campaign"] == told["bestseller"] and out[0] <= row["Day"] <= out[1]]
    assert to_text(_sum(wasted, "Cost")) == told["out_of_stock_spend"] and wasted
    friday = date.fromisoformat(told["black_friday"])
    weekend = {(friday + timedelta(days=n)).isoformat() for n in range(4)}
    below = [row for row in meta if row["Campaign name"] == told["loss_maker"] and row["Day"] in weekend]
    assert to_text(_sum(below, "Amount spent (EUR)")) == told["below_cost_spend"] and len(below) == 4
    slow = [row for row in meta if row["Campaign name"] == told["losing_campaign"]]
    assert to_text(_sum(slow, "Amount spent (EUR)")) == told["losing_spend"]
    assert Decimal(told["losing_gross_profit"]) < Decimal(told["losing_spend"])


def test_the_carrier_charges_every_parcel_of_a_year(shop: Shop) -> None:
    told, rows = shop.answers, read(shop.folder / "carrier_invoice.csv")
    assert to_text(_sum(rows, "Amount")) == told["carrier_total"] and min(row["Date"] for row in rows) >= str(
        _since(shop, 365)
    )
    returned = [row for row in rows if row["Service"] == "Return"]
    assert (len(returned), to_text(_sum(returned, "Amount"))) == (_number(shop, "parcels_back"), told["return_labels"])
    sent = {row["Order"]: row for row in rows if row["Service"] != "Return"}
    orders = {order["Name"]: order for order in shop.orders}
    assert len(sent) == len(rows) - len(returned) == _number(shop, "parcels_out")
    for name, row in sent.items():
        assert to_day(orders[name]["Fulfilled at"]).isoformat() == row["Date"]
        assert orders[name]["Source"] != "pos" and orders[name]["Shipping Country"] == row["Country"]
    home = [row for row in sent.values() if row["Country"] == "DE"]
    assert (len(home), to_text(_sum(home, "Amount"))) == (_number(shop, "parcels_out_de"), told["labels_de"])


def test_the_dearer_products_rise_by_5_on_the_day_that_the_answers_say(shop: Shop) -> None:
    first = shop.answers["dearer_first_day"]
    prices: dict[tuple[str, bool], set[str]] = {}
    for order, line in goods(shop):
        if line["title"] in shop.answers["dearer_products"].split(", "):
            prices.setdefault((line["title"], order["Created at"][:10] >= first), set()).add(line["Lineitem price"])
    assert len(prices) == 10
    for (title, is_later), seen in prices.items():
        (now,) = prices[title, True]
        assert is_later or {Decimal(now) - 5} == {Decimal(price) for price in seen}
