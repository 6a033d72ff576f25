"""The answers that a right import of the sample shop must give, and the truths planted for findings to discover."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from analytics.sample import catalogue, fates, ledger, loyalty, money, payouts, people, seasons, stock
from analytics.sample.orders import BULK_ORDERS, PRODUCTS, Line, Order
from analytics.sample.stock import Level

Rows = list[tuple[str, str, str]]
YEAR = timedelta(days=365)


def sheet(placed: list[Order], levels: list[Level], last_day: date) -> dict[str, Rows]:
    """Sections of (key, exact value, what it means), in the order in which they are printed."""
    kept = [order for order in placed if ledger.counts(order)]
    return {
        "Totals": _totals(placed, kept, last_day),
        "What went back": _reversals(placed, kept),
        "Products": _bestseller(kept, last_day)
        + _runs_small(kept)
        + _loss(kept, last_day)
        + _catalogue(kept, last_day),
        "Customers and orders": _customers(kept, last_day) + _biggest(kept) + _unshipped(kept, last_day),
        "Payments, refunds and codes": payouts.answers(placed, last_day) + loyalty.answers(placed, last_day),
        "Stock on the last day": _stock(kept, levels, last_day),
    }


def text(sections: dict[str, Rows], seed: int) -> str:
    """The sheet as Markdown."""
    parts = [_INTRODUCTION.format(seed=seed)]
    for title, rows in sections.items():
        parts.append(f"\n## {title}\n\n| answer | value | meaning |\n|---|---|---|\n")
        parts += [f"| {key} | {value} | {meaning} |\n" for key, value, meaning in rows]
    return "".join(parts)


_INTRODUCTION = """# What the sample shop must answer

Nordlicht Mode is an invented fashion shop; nobody in these files exists. Prices contain tax, money is EUR, days are Berlin's.
This page and the fourteen files beside it come from `analytics.sample` (seed {seed}):
`python -c "from analytics import sample; sample.write_copy()"` writes them again. The shop that the app's button loads is
made for the day it is loaded on, so its figures differ from these; its planted truths keep their place relative to the last day.

How the cents fall: an order's tax is spread over the discounted values of its taxable lines and its shipping (largest
remainder, ties to the earlier line, shipping last). A line's gross gives up tax in the line's own proportion, rounded to the
cent, and its discount is gross minus what remains. A refund that is not the whole order is spread over goods, shipping and
tax in the order's proportion; where a return fee of 5.00 or 10.00 was kept, all of it goes back and the fee is a fee. A
cancelled order goes back whole on the day of the cancellation, every other refund on its own day, which the transaction
history tells (it is exported for the refunded orders alone). Voided orders and orders cancelled before payment do not count.
"""


def goods(orders: list[Order]) -> list[tuple[Order, Line, int, int]]:
    """Every line of goods with its order, its gross and its discount in cents without tax."""
    return [
        (order, line, *amounts)
        for order in orders
        for line, amounts in zip(order.lines, ledger.by_line(order), strict=True)
        if line.kind == "goods"
    ]


def _units(orders: list[Order], title: str) -> int:
    return sum(line.quantity for _, line, _, _ in goods(orders) if line.product and line.product.title == title)


def _quotient(cents: int, count: int) -> str:
    return str((Decimal(cents) / 100 / count).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _totals(placed: list[Order], kept: list[Order], last_day: date) -> Rows:
    sums = ledger.total(kept)
    free = sum(order.total == 0 for order in kept)
    sold = sums.gross - sums.discounts
    amounts = {
        "gross_sales": (sums.gross, "without tax, before discounts"),
        "discounts": (sums.discounts, "without tax, shipping discounts not among them"),
        "reversals": (sums.returns, "goods taken back, without tax"),
        "net_sales": (sums.net, "gross − discounts − reversals"),
        "charged_shipping": (sums.shipping, "without tax, after shipping discounts"),
        "shipping": (sums.shipping - sums.shipping_back, "charged − refunded"),
        "charged_tax": (sums.tax, "what the exports call Taxes"),
        "tax": (sums.tax - sums.tax_back, "charged − refunded"),
        "fees": (sums.fees, "return fees kept"),
        "total_sales": (sums.total, "net sales + shipping + tax + fees"),
        "charged_tips": (sums.tips, "before whole refunds took some back"),
        "tips": (sums.tips - sums.tips_back, "charged − refunded"),
        "gift_cards": (sums.gift_cards, "gift cards sold; not sales"),
        "collected": (sums.collected, "total sales + tips + gift cards"),
        "refunded": (sum(order.refunded for order in kept), "Σ Refunded Amount"),
    }
    lines = sum(len(order.lines) for order in placed)
    return [
        ("start", seasons.first_day(last_day).isoformat(), "first day"),
        ("last_day", last_day.isoformat(), "last day"),
        ("orders_in_file", str(len(placed)), "orders in the export, counting or not"),
        ("rows_in_file", str(lines), "rows of the orders export"),
        ("orders", str(len(kept)), "orders that count"),
        ("zero_total_orders", str(free), "of them free of charge"),
        ("units", str(sum(line.quantity for _, line, _, _ in goods(kept))), "pieces sold, without gift cards and tips"),
        *((key, money.text(value), meaning) for key, (value, meaning) in amounts.items()),
        ("average_order_value", _quotient(sold, len(kept)), "(gross − discounts) ÷ orders"),
        ("average_order_value_nonzero", _quotient(sold, len(kept) - free), "the same without free orders"),
    ]


def _reversals(placed: list[Order], kept: list[Order]) -> Rows:
    cancelled = [order for order in kept if order.cancelled_at]
    late = [o for o in cancelled if o.cancelled_at and o.cancelled_at.date() != o.created.date()]
    unrefunded = [order for order in cancelled if not order.refunded]
    good = [o for o in kept if o.refunded and o.refunded == money.share(o.total, fates.GOODWILL_PER_CENT, 100)]
    unpaid = [order for order in placed if order.status == "pending" and order.cancelled_at]
    rows = [
        ("refunded_orders", str(sum(order.refunded > 0 for order in kept)), "orders with a Refunded Amount"),
        ("goodwill_orders", str(len(good)), "refunds of exactly 35 % of the order"),
        ("goodwill_amount", money.text(sum(order.refunded for order in good)), "their sum, as refunded"),
        ("cancelled_orders", str(len(cancelled)), "cancelled orders that count (they were paid)"),
        ("cancelled_not_refunded", str(len(unrefunded)), "of them without a refund"),
        ("cancelled_not_refunded_amount", money.text(sum(o.total for o in unrefunded)), "their totals"),
        ("cancelled_next_day", str(len(late)), "cancelled on a later day than ordered"),
        ("voided_orders", str(sum(order.status == "voided" for order in placed)), "voided, not counted"),
        ("never_paid_orders", str(len(unpaid)), "cancelled before payment, not counted"),
    ]
    for fee in fates.FEES:
        count = sum(order.refunded == order.total - fee and order.refunded > 0 for order in kept)
        rows.append(
            (f"return_fee_{fee // 100}_orders", str(count), f"refunds of the order minus exactly {money.text(fee)}")
        )
    return rows


def _bestseller(kept: list[Order], last_day: date) -> Rows:
    title = catalogue.BESTSELLER
    first, last = (last_day - timedelta(days=age) for age in seasons.STOCKOUT)
    units: Counter[str] = Counter()
    for _, line, _, _ in goods(kept):
        units[line.product.title if line.product else ""] += line.quantity
    return [
        ("bestseller", title, "most pieces sold"),
        ("bestseller_units", str(units[title]), "pieces"),
        ("runner_up_units", str(sorted(units.values())[-2]), "pieces of the next product"),
        ("stockout_first_day", first.isoformat(), "first day without it; it sold on every other day"),
        ("stockout_last_day", last.isoformat(), "last day without it"),
        ("stockout_days", str((last - first).days + 1), "days"),
    ]


def _runs_small(kept: list[Order]) -> Rows:
    asked: dict[bool, list[Order]] = defaultdict(list)
    for order in kept:
        product = order.lines[0].product
        if len(order.lines) == 1 and product and product.title == catalogue.RUNS_SMALL and not order.cancelled_at:
            asked[fates.runs_small(order)].append(order)
    small, other = asked[True], asked[False]
    return [
        ("runs_small_product", catalogue.RUNS_SMALL, "comes back too often in one size"),
        ("runs_small_size", catalogue.RUNS_SMALL_SIZE, "that size"),
        ("runs_small_orders", str(len(small)), "orders of nothing but that size, not cancelled"),
        ("runs_small_refunded", str(sum(order.refunded == order.total for order in small)), "of them refunded whole"),
        ("other_sizes_orders", str(len(other)), "orders of nothing but another size, not cancelled"),
        ("other_sizes_refunded", str(sum(order.refunded == order.total for order in other)), "of them refunded whole"),
    ]


def _loss(kept: list[Order], last_day: date) -> Rows:
    friday = seasons.black_friday_covered(last_day)
    weekend = [order for order in kept if 0 <= (order.created.date() - friday).days <= 3]
    sold = [row for row in goods(weekend) if row[1].product and row[1].product.title == catalogue.LOSS_MAKER]
    net = sum(gross - discount for _, _, gross, discount in sold)
    cost = sum(line.quantity * (line.variant.cost or 0) for _, line, _, _ in sold if line.variant)
    return [
        ("black_friday", friday.isoformat(), "the weekend runs from this day to Monday"),
        ("loss_maker", catalogue.LOSS_MAKER, "sold below cost on that weekend"),
        ("loss_maker_units", str(sum(line.quantity for _, line, _, _ in sold)), "pieces on that weekend"),
        ("loss_maker_net_sales", money.text(net), "gross − discounts of that weekend, before refunds"),
        ("loss_maker_cost", money.text(cost), "their cost"),
        ("loss_maker_profit", money.text(net - cost), "what it earned"),
    ]


def _catalogue(kept: list[Order], last_day: date) -> Rows:
    variants = [variant for product in PRODUCTS for variant in product.variants]
    recent = [order for order in kept if (last_day - order.created.date()).days < 90]
    early = [order for order in kept if (order.created.date() - seasons.first_day(last_day)).days < 90]
    new = min(
        o.created.date() for o, line, _, _ in goods(kept) if line.product and line.product.title == catalogue.NEWCOMER
    )
    cost = sum(line.quantity * (line.variant.cost or 0) for _, line, _, _ in goods(kept) if line.variant)
    shared = catalogue.by_title(catalogue.SHARED_SKU).variants
    return [
        ("products", str(len(PRODUCTS)), "products, gift card included"),
        ("variants", str(len(variants)), "rows with a price in the products export"),
        (
            "skus_without_cost",
            str(sum(variant.cost is None for variant in variants)),
            "SKUs with a blank Cost per item",
        ),
        ("cost_of_units_sold", money.text(cost), "known cost of all pieces sold, nothing recovered"),
        ("shared_sku", shared[0].sku, f"the SKU of both colours of {catalogue.SHARED_SKU}"),
        ("product_without_sku", catalogue.WITHOUT_SKU, "its SKU is blank everywhere"),
        ("product_without_sku_units", str(_units(kept, catalogue.WITHOUT_SKU)), "pieces"),
        ("newcomer", catalogue.NEWCOMER, "the new product"),
        ("newcomer_first_day", new.isoformat(), "day of its first sale"),
        ("newcomer_units", str(_units(kept, catalogue.NEWCOMER)), "pieces since"),
        ("fading_product", catalogue.FADING, "the product that goes out of fashion"),
        ("fading_units_first_90_days", str(_units(early, catalogue.FADING)), "pieces in the first 90 days"),
        ("fading_units_last_90_days", str(_units(recent, catalogue.FADING)), "pieces in the last 90 days"),
    ]


def _customers(kept: list[Order], last_day: date) -> Rows:
    bought = Counter(order.customer.email for order in kept if order.customer)
    coded = [order for order in kept if order.code == "WELCOME10"]
    existing = sum(order.is_existing for order in coded)
    late = [o for o in kept if o.created.date() > last_day - YEAR]
    early = [o for o in kept if last_day - YEAR >= o.created.date() > last_day - 2 * YEAR]
    grown = [sum(order.country == people.GROWING for order in part) for part in (early, late)]
    return [
        ("customers", str(len(bought)), "different e-mail addresses of orders that count, whatever their capitals"),
        ("repeat_customers", str(sum(count > 1 for count in bought.values())), "of them with two orders or more"),
        (
            "orders_without_customer",
            str(sum(order.customer is None for order in kept)),
            "sold at the till without an e-mail",
        ),
        ("code_of_existing_customers", "WELCOME10", "a code for new customers that existing ones use"),
        ("code_uses", str(len(coded)), "orders with it"),
        ("code_uses_existing", str(existing), "of them by somebody with an earlier order in the file"),
        ("growing_country", people.GROWING, "the country that grew"),
        ("growing_country_orders_before", str(grown[0]), "its orders in the 365 days before the last 365"),
        ("growing_country_orders", str(grown[1]), "its orders in the last 365 days"),
    ]


def _biggest(kept: list[Order]) -> Rows:
    ranked = sorted(kept, key=lambda order: -order.total)[: len(BULK_ORDERS)]
    names = ", ".join(f"#{order.number}" for order in ranked)
    totals = ", ".join(money.text(order.total) for order in ranked)
    return [
        ("biggest_orders", names, "the four biggest orders, biggest first"),
        ("biggest_totals", totals, "their totals"),
    ]


def _unshipped(kept: list[Order], last_day: date) -> Rows:
    late = [
        order
        for order in kept
        if order.status == "paid"
        and not order.fulfilled_at
        and not order.cancelled_at
        and (last_day - order.created.date()).days > 2
    ]
    names = ", ".join(f"#{order.number}" for order in reversed(late))
    return [("unshipped_orders", names, "paid three days ago or earlier and still not sent, newest first")]


def _stock(kept: list[Order], levels: list[Level], last_day: date) -> Rows:
    known = [level for level in levels if level.on_hand is not None]
    recent = [order for order in kept if (last_day - order.created.date()).days < 90]
    value = sum((level.on_hand or 0) * level.variant.cost for level in known if level.variant.cost is not None)
    over, short = (_available(known, title) for title in (catalogue.OVERSTOCKED, catalogue.RUNNING_OUT))
    return [
        ("stock_rows", str(len(levels)), f"rows of the inventory export ({stock.WAREHOUSE} and {stock.SHOP})"),
        ("on_hand", str(sum(level.on_hand or 0 for level in known)), "pieces on hand"),
        ("negative_levels", str(sum((level.on_hand or 0) < 0 for level in known)), "rows below zero"),
        ("not_stocked", str(len(levels) - len(known)), "rows not stocked"),
        ("value_at_cost", money.text(value), "on hand × cost where the cost is known"),
        ("overstocked_product", catalogue.OVERSTOCKED, "far too much of it"),
        ("overstocked_available", str(over), "pieces available"),
        ("overstocked_units_90_days", str(_units(recent, catalogue.OVERSTOCKED)), "pieces sold in the last 90 days"),
        ("running_out_product", catalogue.RUNNING_OUT, "a good seller with a few days left"),
        ("running_out_available", str(short), "pieces available"),
        ("running_out_units_90_days", str(_units(recent, catalogue.RUNNING_OUT)), "pieces sold in the last 90 days"),
    ]


def _available(known: list[Level], title: str) -> int:
    return sum((x.on_hand or 0) - x.committed - x.unavailable for x in known if x.product.title == title)
