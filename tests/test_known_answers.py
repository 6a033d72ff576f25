"""Public data and real exports against answers computed elsewhere; skipped where those files are not at hand."""

import gzip
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics import bridge, doctor, sales
from analytics.ingest.load import Options, load
from analytics.returns import coverage, orders, rates
from analytics.scope import Scope
from imported import rows_of

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
RETAIL = SHARED / "data" / "online_retail.csv.gz"
ORDERS = SHARED / "samples" / "shopify" / "orders_79col.csv"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real files are not beside the repository")


@pytest.fixture(scope="module")
def imported(second_database: str) -> str:
    """The address of a database with real Shopify orders in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        load(ORDERS, Options(store="shop"))
    return second_database


@pytest.fixture
def orders_of_shop(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real Shopify orders, only to be read."""
    monkeypatch.setenv("DATABASE_URL", imported)


def test_online_retail_gives_its_published_answers(database: str, tmp_path: Path) -> None:
    file = tmp_path / "online_retail.csv"
    with gzip.open(RETAIL) as packed, file.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    account = load(file, Options(store="retail", currency="GBP"))
    assert (account["rows"], account["loaded"], account["rejected"]) == (541_909, 541_909, 0)
    _whole_file()
    _united_kingdom()
    _clean_part()
    _bridge()
    _cancelled_purchases(file)
    assert load(file, Options(store="retail", currency="GBP"))["unchanged"] == 541_909
    assert doctor.check(verify=True)["differences"] == []


def _whole_file() -> None:
    row = sales.lines_summary(Scope()).iloc[0]
    assert row["documents"] == 25_900
    assert row["documents_not_cancelled"] == 22_064
    assert row["customers"] == 4_372
    assert row["skus"] == 4_070
    assert row["amount"] == Decimal("9747747.934")
    assert row["negative_amount"] == Decimal("-918936.61")
    assert (row["cancelled_documents"], row["cancelled_rows"]) == (3_836, 9_288)
    assert row["cancelled_amount"] == Decimal("-896812.49")
    assert row["exact_duplicate_rows"] == 5_268
    assert row["rows_without_customer"] == 135_080


def _united_kingdom() -> None:
    row = sales.lines_summary(Scope(countries=("United Kingdom",))).iloc[0]
    assert row["amount"] == Decimal("8187806.364")


def _clean_part() -> None:
    row = sales.lines_summary(Scope(), identified=True, priced=True).iloc[0]
    assert (row["rows"], row["customers"], row["documents"]) == (397_884, 4_338, 18_532)
    assert row["amount"] == Decimal("8911407.904")
    assert round(row["average_document"], 2) == Decimal("480.87")


def _bridge() -> None:
    steps = bridge.steps(Scope()).set_index("step")["amount"]
    between = ["cancellations", "discounts", "shipping", "gift_cards", "manual", "sample", "bank_charge"]
    between += ["marketplace_fee", "commission", "bad_debt"]
    assert steps["bad_debt"] == Decimal("-11062.06")
    assert steps["gross_sales"] + sum(steps[name] for name in between) == steps["documents_total"]
    assert steps["documents_total"] == Decimal("9747747.934")


# Charges by their code, as they stand in the file.
NO_GOODS = ("POST", "DOT", "M", "D", "S", "B", "C2", "BANK CHARGES", "AMAZONFEE", "CRUK")
Line = tuple[str, str, int]


def _cancelled_purchases(file: Path) -> None:
    """Every cancelled line has the purchase, or the reason why it has none, that this walk through the file finds."""
    pairs, reasons = _walked(file)
    matched, alone = Counter[tuple[Line, str]](), Counter[Line]()
    for document, sku, units, purchase in rows_of(
        "select r.order_key, a.sku, r.units::int, r.original_order_key from reversals as r join product_aliases as a "
        "using (store_id, alias_id) where r.line_kind = 'product' and r.kind = 'cancellation'"
    ):
        if purchase:
            matched[(document, sku, units), purchase] += 1
        else:
            alone[document, sku, units] += 1
    assert (matched.total(), alone.total()) == (7_074, 1_630)
    assert matched == pairs
    named = coverage.unmatched(Scope(currency="GBP")).to_dict("records")
    words = {why: name for name, why in coverage.WHY.items()}
    assert Counter(((row["document"], row["sku"], int(row["units"])), words[row["why"]]) for row in named) == reasons
    cancelled = rates.by_kind(Scope()).set_index("kind").loc["cancellation", "amount"]
    found = orders.listed(Scope(currency="GBP"), "cancellation")
    in_documents = sum(row["amount"] for row in named)
    assert found.total == cancelled and found.lines == 8_704 and 0 < in_documents < cancelled


def _walked(file: Path) -> tuple[Counter[tuple[Line, str]], Counter[tuple[Line, str]]]:
    """The cancelled lines one after the other: each takes of the customer's last purchase at that price that has enough left."""
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows["pieces"], rows["line"] = rows["Quantity"].astype(int), range(len(rows))
    is_cancelled = rows["InvoiceNo"].str.match("C[0-9]")
    back = rows[is_cancelled & (rows["pieces"] < 0) & ~rows["StockCode"].str.upper().isin(NO_GOODS)]
    sold = rows[~is_cancelled & (rows["pieces"] > 0) & rows["CustomerID"].isin(set(back["CustomerID"]) - {""})]
    bought: dict[tuple[str, str, float], list[Any]] = {}
    for row in sold.assign(less=-sold["pieces"]).sort_values(["InvoiceDate", "less", "line"]).itertuples():
        key = row.CustomerID, row.StockCode, float(row.UnitPrice)
        bought.setdefault(key, []).append([row.InvoiceDate, row.pieces, row.InvoiceNo])
    since: dict[tuple[str, str], str] = {}
    for (customer, code, _), purchases in bought.items():
        since[customer, code] = min(since.get((customer, code), purchases[0][0]), purchases[0][0])
    pairs, reasons = Counter[tuple[Line, str]](), Counter[tuple[Line, str]]()
    for row in back.sort_values(["InvoiceDate", "line"]).itertuples():
        key, line = (row.CustomerID, row.StockCode, float(row.UnitPrice)), (row.InvoiceNo, row.StockCode, -row.pieces)
        earlier = [purchase for purchase in bought.get(key, []) if purchase[0] <= row.InvoiceDate]
        enough = [purchase for purchase in earlier if purchase[1] >= -row.pieces]
        if enough:
            enough[-1][1] += row.pieces
            pairs[line, enough[-1][2]] += 1
            continue
        first = since.get(key[:2])
        later = first is not None and first > row.InvoiceDate
        why = "never" if first is None else "later" if later else "fewer" if earlier else "price"
        reasons[line, why if row.CustomerID else "customer"] += 1
    return pairs, reasons


def test_real_refunds_split_into_their_patterns_without_an_invented_unit(orders_of_shop: None) -> None:
    patterns = Counter(
        how
        for (how,) in rows_of(
            "select min(r.inferred_from) from reversals as r join orders as o using (store_id, order_key) "
            "where o.refunded > 0 and r.part_no < 2000000 group by r.order_key"
        )
    )
    known = [patterns.pop(each) for each in ("whole_order", "fee_kept", "round_percentage")]
    # 36 others: of those some are just one line
    assert [*known, patterns.total()] == [40, 48, 37, 36] and set(patterns) <= {None, "one_line"}
    assert rows_of("select count(*) from reversals where units is not null") == [(0,)]
    found = coverage.of(Scope(currency="USD")).set_index("what")
    assert found.loc[coverage.PARTS["units"][0], "known_value"] == 0


def test_real_shopify_orders_give_their_known_answers(orders_of_shop: None) -> None:
    row = sales.summary(Scope()).iloc[0]
    assert (row["orders"], row["customers"], row["units"]) == (3_885, 3_602, 6_586)
    assert row["gross_sales"] == Decimal("398614.59")
    assert row["discounts"] == Decimal("80372.20")
    assert round(row["average_order_value"], 2) == Decimal("81.92")
    assert round(row["average_order_value_nonzero"], 2) == Decimal("83.01")
    assert row["zero_total_orders"] == 51
    assert row["charged_shipping"] == Decimal("4677.00")
    assert row["charged_tax"] == Decimal("22393.28")
    # refunded 12,002.92, and 775.48 of four cancelled orders that were paid and not refunded
    assert row["taken_back"] == Decimal("12778.40")
    assert row["collected"] + row["taken_back"] == Decimal("346290.55")
    steps = bridge.steps(Scope()).set_index("step")["amount"]
    assert steps["documents_total"] == Decimal("346290.55")
    assert "unreconciled" not in steps
    assert load(ORDERS, Options(store="shop"))["unchanged"] == 5_121


def test_a_number_is_the_sum_of_the_lines_behind_it(orders_of_shop: None) -> None:
    for basis in ("order_date", "refund_date"):
        scope = Scope(start=date(2024, 5, 1), stop=date(2024, 5, 15), basis=basis)
        lines, summary = sales.lines(scope), sales.summary(scope).iloc[0]
        for name in ("gross_sales", "discounts", "reversals", "shipping", "tax", "fees", "tips", "collected"):
            assert sum(lines[name]) == summary[name], (basis, name)


def test_old_european_orders_collect_what_they_print(database: str) -> None:
    load(SHARED / "samples" / "shopify" / "orders_71col_eur.csv", Options(store="shop"))
    row = sales.summary(Scope()).iloc[0]
    assert row["collected"] == Decimal("245.58")
    assert row["currency"] == "EUR"
    assert sales.unreconciled(Scope()).empty
