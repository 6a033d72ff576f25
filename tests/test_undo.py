"""Undo's law: any sequence of imports and undos equals importing the survivors, in order, into an empty store."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import emptying
from analytics import channels, db, doctor, imports
from analytics.channels import Rule
from analytics.errors import Refused
from analytics.undo import undo
from imported import money, rows_of, table, take
from shop_files import INVENTORY_COLUMNS, ORDER_COLUMNS, order
from test_import_catalogue import PRODUCT_COLUMNS, stock, variant

pytestmark = pytest.mark.usefixtures("emptied")

DAY = date(2024, 5, 1)
REPORT = ["Day", "Orders", "Gross sales", "Discounts", "Returns", "Net sales", "Shipping", "Taxes", "Total sales"]
HISTORY = ["Order", "Name", "Kind", "Gateway", "Created At", "Status", "Amount", "Currency", "Card Type"]
CAME_BACK = ["Order", "SKU", "Quantity", "Refund amount", "Currency", "Return date", "Reason", "Kind", "Return id"]
PRICES = ["SKU", "Unit cost", "Valid from", "Currency"]
BOUGHT = ["Purchase order", "Supplier", "SKU", "Units", "Unit cost", "Ordered on", "Received units", "Received on"]
ADS = ["Day", "Last day", "Platform", "Campaign", "Spend"]
POLICY = ["Class", "SKU", "Service level", "Remove"]
TERMS = ["Supplier", "SKU", "Lead time", "Valid from", "Remove"]
MADE_OF = ["Bundle SKU", "Component SKU", "Units"]
LINES = ["Order", "Date", "SKU", "Title", "Category", "Vendor", "Quantity", "Unit price", "Currency", "Customer"]
File = tuple[Path, dict[str, Any]]

# Everything that is known of a store, under the names that files give it: numbers of rows and imports are left out.
FACTS = {
    "orders": "select to_jsonb(o) - '{store_id,import_id,as_of}'::text[] from orders as o",
    "order_items": (
        "select to_jsonb(i) - '{store_id,alias_id}'::text[] || to_jsonb(a) - '{store_id,alias_id}'::text[] "
        "from order_items as i join product_aliases as a using (store_id, alias_id)"
    ),
    "reversals": (
        "select to_jsonb(r) - '{store_id,alias_id}'::text[] || coalesce(to_jsonb(a), '{}') - '{store_id,alias_id}'::text[] "
        "from reversals as r left join product_aliases as a using (store_id, alias_id)"
    ),
    **{
        name: f"select to_jsonb(f) - '{{store_id,alias_id}}'::text[] from {name} as f"  # noqa: S608
        for name in (
            "product_aliases",
            "products",
            "product_costs",
            "inventory_levels",
            "control_totals",
            "transactions",
            "returns",
            "customers",
            "suppliers",
            "discount_codes",
            "bundles",
            "purchase_orders",
            "purchase_order_items",
            "purchase_receipts",
            "replenishment_policies",
            "ad_spend",
            "sales_daily",
        )
    },
}


def known(store: str) -> dict[str, list[str]]:
    """Every fact and sum of a store as sorted text."""
    return {
        name: sorted(
            row[0]
            for row in rows_of(
                f"select cast(fact as text) from ({query} where store_id = %(id)s) as t (fact)",  # noqa: S608
                id=id_of(store),
            )
        )
        for name, query in FACTS.items()
    }


def id_of(store: str) -> int | None:
    found = rows_of("select store_id from stores where name = %(name)s", name=store)
    return found[0][0] if found else None


def sold(number: int, days: int, quantity: int, price: str, title: str, **more: str) -> dict[str, str]:
    total = f"{quantity * Decimal(price):.2f}"
    said = {name.replace("_", " "): value for name, value in more.items()}
    return order(
        number, DAY + timedelta(days=days), quantity, price, title, {"Subtotal": total, "Total": total, **said}
    )


def counts(sku: str, location: str, number: str) -> dict[str, str]:
    return stock(sku, location) | {"Available (not editable)": number, "On hand (current)": number}


def shop(folder: Path) -> list[File]:
    """Files that say different things of the same orders, products, counts and days."""

    def orders(name: str, day: int, *rows: dict[str, str]) -> File:
        return table(folder / name, ORDER_COLUMNS, list(rows)), {"as_of": date(2024, 6, day)}

    def products(name: str, day: int, *rows: dict[str, str]) -> File:
        return table(folder / name, [*PRODUCT_COLUMNS, "Gift Card"], list(rows)), {"as_of": date(2024, 6, day)}

    def counted(name: str, day: int, *rows: dict[str, str]) -> File:
        return table(folder / name, INVENTORY_COLUMNS, list(rows)), {"as_of": date(2024, 6, day)}

    def report(name: str, day: int, *rows: tuple[str, ...]) -> File:
        return table(folder / name, REPORT, [dict(zip(REPORT, row, strict=True)) for row in rows]), {
            "as_of": date(2024, 6, day)
        }

    def rows(columns: list[str], name: str, day: int, *written: str) -> File:
        values = [dict(zip(columns, row.split(","), strict=True)) for row in written]
        return table(folder / name, columns, values), {"as_of": date(2024, 6, day)}

    mug, bowl = sold(1, 0, 2, "30.00", "Mug"), sold(2, 1, 1, "19.99", "Bowl")
    refunded = sold(2, 1, 1, "19.99", "Bowl", Refunded_Amount="5.00", Financial_Status="partially_refunded")
    goodwill = [
        sold(n, n, 1, "10.00", "Mug", Refunded_Amount="3.00", Financial_Status="partially_refunded") for n in (6, 7, 8)
    ]
    return [
        orders("first.csv", 1, mug, bowl, sold(3, 2, 1, "8.00", "Mug", Vendor="Acme")),
        orders("second.csv", 2, mug, refunded, sold(4, 3, 1, "7.00", "Plate", Vendor="Acme")),
        orders("third.csv", 3, sold(1, 0, 3, "30.00", "Cup"), bowl, goodwill[0]),
        orders("late.csv", 1, refunded, sold(3, 2, 2, "8.00", "Mug"), sold(5, 4, 1, "1.00", "Gift")),
        orders("all.csv", 4, mug, *goodwill),
        products("old.csv", 1, variant("mug", "", "SKU-Mug", "30.00", Title="Mug", Type="Cups", Cost_per_item="9.00")),
        products(
            "new.csv",
            3,
            variant("mug", "", "SKU-Mug", "31.00", Title="Mug", Type="Mugs", Cost_per_item="9.50"),
            variant("gift", "", "SKU-Gift", "1.00", Title="Gift", Gift_Card="true"),
        ),
        products(
            "shared.csv",
            2,
            variant("a", "", "SKU-Bowl", "1.00", Title="A"),
            variant("b", "", "SKU-Bowl", "1.00", Title="B"),
        ),
        counted("monday.csv", 3, counts("SKU-Mug", "Shop", "7"), counts("SKU-Bowl", "Shop", "2")),
        counted("again.csv", 3, counts("SKU-Mug", "Shop", "6"), counts("SKU-Mug", "Loft", "1")),
        report("report.csv", 2, ("2024-05-01", "1", "60.00", "0", "0", "60.00", "0", "0", "60.00")),
        report(
            "newer.csv",
            3,
            ("2024-05-01", "1", "90.00", "0", "0", "90.00", "0", "0", "90.00"),
            ("2024-05-02", "1", "19.99", "0", "0", "19.99", "0", "0", "19.99"),
        ),
        rows(
            LINES,
            "lines.csv",
            1,
            "L1,2024-05-03,S1,Spoon,Cutlery,Acme,4,2.50,USD,c1",
            "L2,2024-05-04,S1,Spoon,Cutlery,,1,2.50,USD,c2",
        ),
        rows(
            LINES,
            "more.csv",
            2,
            "L2,2024-05-04,S1,Spoon,Cutlery,,1,2.50,USD,c2",
            "L3,2024-05-06,S1,Spoon,Cutlery,,-1,2.50,USD,c2",
        ),
        rows(HISTORY, "paid.csv", 1, "1,#2,refund,card,2024-05-20 10:00:00 +0000,success,5.00,USD,visa"),
        rows(
            HISTORY,
            "paid_later.csv",
            2,
            "1,#2,refund,card,2024-05-20 10:00:00 +0000,success,5.00,USD,visa",
            "2,#3,refund,card,2024-05-21 10:00:00 +0000,success,8.00,USD,visa",
            "3,#2,refund,card,2024-05-25 10:00:00 +0000,success,2.00,USD,visa",
        ),
        rows(
            CAME_BACK,
            "back.csv",
            1,
            "#2,SKU-Bowl,1,,USD,2024-05-19,too small,return,R1",
            "#4,SKU-Plate,1,7.00,USD,2024-05-30,,return,R2",
        ),
        rows(CAME_BACK, "back_later.csv", 3, "#2,SKU-Bowl,1,4.00,USD,2024-05-19,broken,return,R1"),
        rows(PRICES, "prices.csv", 2, "SKU-Mug,8.00,2024-05-02,USD", "SKU-Bowl,3.00,,USD"),
        rows(MADE_OF, "bundles.csv", 2, "SKU-Gift,SKU-Mug,2", "SKU-Gift,SKU-Bowl,1"),
        rows(MADE_OF, "bundles_later.csv", 3, "SKU-Gift,SKU-Mug,3"),
        rows(["Bundle SKU", "Component SKU", "Units", "Remove"], "bundles_away.csv", 4, "SKU-Gift,,,yes"),
        rows(TERMS, "terms.csv", 2, "Leaf,SKU-Mug,14,2024-01-01,", "Leaf,,21,2024-01-01,"),
        rows(TERMS, "terms_away.csv", 3, "Leaf,SKU-Mug,,2024-01-01,yes"),
        rows(
            BOUGHT,
            "bought.csv",
            2,
            "P1,Leaf,SKU-Mug,10,3.00,2024-05-01,4,2024-05-09",
            "P1,Leaf,SKU-Mug,,,2024-05-01,6,2024-05-12",
            "P2,Leaf,SKU-Bowl,5,,2024-05-02,,",
        ),
        rows(BOUGHT, "bought_later.csv", 3, "P1,Leaf,SKU-Bowl,8,2.00,2024-05-01,,"),
        rows(POLICY, "policies.csv", 2, "AX,,0.98,", ",SKU-Mug,0.90,"),
        rows(POLICY, "policies_later.csv", 3, "AX,,,yes", ",SKU-Mug,0.95,no"),
        rows(
            ADS,
            "ads.csv",
            1,
            "2024-05-01,2024-05-20,Google,Brand,30",
            "2024-05-03,,Google,,9",
            "2024-05-04,,Meta,Sale,2",
        ),
        rows(ADS, "ads_later.csv", 2, "2024-05-15,2024-06-03,Google,Brand,20", "2024-05-04,,Meta,Sale,3"),
        rows(ADS, "ads_by_day.csv", 3, "2024-06-02,,Google,Brand,1", "2024-06-02,2024-06-09,Meta,Sale,7"),
        orders("empty.csv", 5, sold(9, 9, 1, "2.00", "Mug", Cancelled_at="2024-05-11 10:00:00 +0000")),
    ]


def played(files: list[File], steps: list[tuple[str, int]], store: str) -> list[File]:
    """Import and undo as the steps say; gives the files that survive, in the order of their imports."""
    standing: list[tuple[int, File]] = []
    for act, which in steps:
        if act == "undo" and standing:
            undo(standing.pop(which % len(standing))[0])
        elif act == "import":
            path, said = files[which % len(files)]
            account = take(path, store=store, currency="USD", **said)
            if account["import_id"] not in [import_id for import_id, _ in standing]:
                standing.append((account["import_id"], (path, said)))
    return [file for _, file in standing]


NUMBERS = count(1)
RULES = [Rule("tag", "vip", "Club"), Rule("channel", "Online store", "Website"), Rule("channel", "unknown", "Tables")]
STEPS = st.lists(st.tuples(st.sampled_from(["import", "import", "undo"]), st.integers(0, 39)), min_size=4, max_size=9)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_of_imports_and_undos_equals_the_survivors_alone(
    steps: list[tuple[str, int]], tmp_path: Path
) -> None:
    with db.transaction() as cursor:
        emptying.empty(cursor)  # else every sum of all sequences before would be checked again
    files = shop(tmp_path)
    number = next(NUMBERS)
    played_in, alone_in = f"Played {number}", f"Alone {number}"
    if number % 2:
        for name in (played_in, alone_in):
            give_rules(name)
    for path, said in played(files, steps, played_in):
        take(path, store=alone_in, currency="USD", **said)
    assert known(played_in) == known(alone_in)
    assert doctor.check(verify=True)["differences"] == []


def give_rules(store: str) -> None:
    """A store that tells its channels apart by rules before there are any orders."""
    rows_of("insert into stores (name) values (%(name)s) returning store_id", name=store)
    channels.save(int(id_of(store) or 0), RULES)


def bought(folder: Path, name: str, day: int, *rows: dict[str, str]) -> int:
    """Import an orders export as of a day of June; gives the number of the import."""
    return int(take(table(folder / name, ORDER_COLUMNS, list(rows)), as_of=date(2024, 6, day))["import_id"])


def test_what_was_overwritten_twice_returns_when_both_are_undone(tmp_path: Path) -> None:
    bought(tmp_path, "a.csv", 1, sold(1, 0, 1, "10.00", "Mug"))
    second = bought(tmp_path, "b.csv", 2, sold(1, 0, 2, "10.00", "Mug"))
    third = bought(tmp_path, "c.csv", 3, sold(1, 0, 3, "10.00", "Mug"))
    assert undo(second)["returned"] == 0
    assert money("gross_sales") == ["30.00"]
    assert undo(third) | {"import_id": 0} == {
        "import_id": 0, "store": "Shop", "file": "c.csv", "format": "shopify_orders", "status": "undone", "removed": 0, "returned": 1,
    }  # fmt: skip
    assert money("gross_sales", "net_sales") == ["10.00", "10.00"]


def test_what_a_later_export_repeats_stays_when_the_first_is_undone(tmp_path: Path) -> None:
    mug, bowl = sold(1, 0, 1, "10.00", "Mug"), sold(2, 0, 1, "5.00", "Bowl")
    first = bought(tmp_path, "a.csv", 1, mug, bowl)
    second = bought(tmp_path, "b.csv", 2, mug)
    assert undo(first)["removed"] == 1
    assert money("gross_sales") == ["10.00"]
    assert rows_of("select title from products") == [("Mug",)]
    undo(second)
    assert rows_of("select count(*) from orders")[0] == rows_of("select count(*) from product_aliases")[0] == (0,)


def test_an_older_export_counts_once_the_newer_is_undone(tmp_path: Path) -> None:
    newer = bought(tmp_path, "new.csv", 9, sold(1, 0, 5, "10.00", "Mug"))
    bought(tmp_path, "old.csv", 1, sold(1, 0, 2, "10.00", "Mug", Refunded_Amount="10.00"))
    assert money("gross_sales") == ["50.00"]
    undo(newer)
    assert money("gross_sales", "reversals") == ["20.00", "10.00"]


def test_an_undone_file_can_come_back_and_is_not_undone_twice(tmp_path: Path) -> None:
    mug = sold(1, 0, 1, "10.00", "Mug")
    first = bought(tmp_path, "a.csv", 1, mug)
    undo(first)
    with pytest.raises(Refused, match=f"Import {first} .a.csv. was undone already"):
        undo(first)
    with pytest.raises(Refused, match="There is no import 999"):
        undo(999)
    assert bought(tmp_path, "a.csv", 1, mug) != first
    assert money("gross_sales") == ["10.00"]
    assert imports.history()["status"].tolist() == ["loaded", "undone"]


def test_the_wrong_store_is_emptied_and_the_others_stay(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ORDER_COLUMNS, [sold(1, 0, 1, "10.00", "Mug")])
    wrong = take(path, store="Wrong")
    take(path, store="Right")
    version = rows_of("select name, data_version from stores order by name")
    undo(wrong["import_id"])
    assert not any(known("Wrong").values())
    assert [len(rows) for name, rows in known("Right").items() if name in ("orders", "order_items")] == [1, 1]
    assert rows_of("select name, data_version from stores order by name") == [version[0], ("Wrong", version[1][1] + 1)]


def test_undoing_a_catalogue_returns_names_costs_and_gift_cards(tmp_path: Path) -> None:
    bought(tmp_path, "a.csv", 1, sold(1, 0, 2, "10.00", "Mug"))
    before = known("Shop")
    row = variant("mug", "", "SKU-Mug", "10.00", Title="Cup", Gift_Card="true", Cost_per_item="4.00")
    columns = [*PRODUCT_COLUMNS, "Gift Card"]
    catalogue = take(table(tmp_path / "p.csv", columns, [row]), as_of=date(2024, 6, 2))
    assert money("gross_sales", "gift_cards") == ["0.00", "20.00"]
    undo(catalogue["import_id"])
    assert known("Shop") == before


def taken_back() -> list[tuple[str, ...]]:
    """What counts as taken back, on the refund's own day."""
    return rows_of(
        "select o.order_name, l.booked_on::text, l.kind, l.line_kind, round(l.amount, 2)::text, l.units::int::text "
        "from ledger as l join orders as o using (store_id, order_key) where l.entry = 'reversal' order by 1, 2, 3, 4, 5"
    )


def test_an_orders_refund_is_superseded_part_by_part_and_comes_back(tmp_path: Path) -> None:
    """20.00 were refunded: 12.00 of them are dated by a payment, and a returns file knows what came back for them."""
    bowl = sold(2, 1, 2, "15.00", "Bowl", Refunded_Amount="20.00", Financial_Status="partially_refunded")
    bought(tmp_path, "orders.csv", 1, bowl)
    estimate = [("#2", "2024-05-02", "unknown", "product", "20.00", None)]
    assert taken_back() == estimate
    paid = dict(
        zip(
            HISTORY,
            ["1", "#2", "refund", "card", "2024-05-20 10:00:00 +0000", "success", "12.00", "USD", "visa"],
            strict=True,
        )
    )
    payment = take(table(tmp_path / "paid.csv", HISTORY, [paid]))
    dated = [
        ("#2", "2024-05-02", "unknown", "product", "8.00", None),
        ("#2", "2024-05-20", "unknown", "product", "12.00", None),
    ]
    assert taken_back() == dated
    back = dict(
        zip(CAME_BACK, ["#2", "SKU-Bowl", "1", "", "USD", "2024-05-19", "too small", "return", "R1"], strict=True)
    )
    returned = take(table(tmp_path / "back.csv", CAME_BACK, [back]))
    assert taken_back() == [
        ("#2", "2024-05-20", "return", "product", "15.00", "1"),
        ("#2", "2024-05-20", "unknown", "product", "5.00", None),
    ]
    assert money("reversals") == ["20.00"]
    undo(returned["import_id"])
    assert taken_back() == dated
    undo(payment["import_id"])
    assert taken_back() == estimate
    assert doctor.check(verify=True)["differences"] == []


def test_refunds_that_came_before_their_order_wait_for_it(tmp_path: Path) -> None:
    paid = dict(
        zip(
            HISTORY,
            ["1", "#2", "refund", "card", "2024-05-20 10:00:00 +0000", "success", "30.00", "USD", "visa"],
            strict=True,
        )
    )
    take(table(tmp_path / "paid.csv", HISTORY, [paid]))
    bought(tmp_path, "orders.csv", 1, sold(2, 1, 2, "15.00", "Bowl"))
    assert taken_back() == [("#2", "2024-05-20", "return", "product", "30.00", None)]


def test_of_those_left_the_newest_export_counts_and_not_the_last_import(tmp_path: Path) -> None:
    for name, day, quantity in (("a.csv", 5, 5), ("b.csv", 1, 1), ("c.csv", 9, 9)):
        last = bought(tmp_path, name, day, sold(1, 0, quantity, "10.00", "Mug"))
    for name, day, price in (("p.csv", 5, "5.00"), ("q.csv", 1, "1.00"), ("r.csv", 9, "9.00")):
        row = variant("mug", "", "SKU-Mug", price, Title="Mug")
        path = table(tmp_path / name, PRODUCT_COLUMNS, [row])
        catalogue = take(path, as_of=date(2024, 6, day))
    undo(last)
    undo(catalogue["import_id"])
    assert money("gross_sales") == ["50.00"]
    assert rows_of("select price from products") == [(Decimal(5),)]
