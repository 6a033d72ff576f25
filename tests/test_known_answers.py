"""Public data and real exports against answers computed elsewhere; skipped where those files are not at hand."""

import gzip
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import bridge, doctor, sales
from analytics.ingest.load import Options, load
from analytics.scope import Scope

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
def orders(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_real_shopify_orders_give_their_known_answers(orders: None) -> None:
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


def test_a_number_is_the_sum_of_the_lines_behind_it(orders: None) -> None:
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
