"""Edits in the app: each is an import with who made it, its reasons and its undo; the way of a purchase order, step by step."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analytics import imports
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import edits, purchase_orders, suppliers, workflow
from analytics.undo import undo
from imported import rows_of, take

TERMS = (
    "Supplier,SKU,Lead time,Unit cost,Currency,Valid from\nLeaf,MUG,10,3.205,EUR,2024-01-01\nLeaf,,14,,EUR,2024-01-01\n"
)


def loaded(folder: Path) -> int:
    (folder / "suppliers.csv").write_text(TERMS, encoding="utf-8")
    take(folder / "suppliers.csv", currency="EUR")
    return int(rows_of("select store_id from stores")[0][0])


def costs() -> list[tuple[object, ...]]:
    return rows_of("select sku, lead_time_days::int, unit_cost::numeric(9,3)::text from suppliers order by sku")


@pytest.mark.usefixtures("emptied")
def test_an_edit_stands_in_history_with_who_made_it_and_can_be_made_back_and_undone(tmp_path: Path) -> None:
    store = loaded(tmp_path)
    before = suppliers.given(Scope(store=store))
    after = before.assign(unit_cost=[None, 1234.5])
    changed = edits.changes("suppliers", before, after)
    assert changed[["sku", "unit_cost", "remove"]].to_numpy().tolist() == [["MUG", "1234.5", None]]
    edits.save(store, "suppliers", changed, "anna")
    assert costs() == [("", 14, None), ("MUG", 10, "1234.500")]
    # back to what it was, on the same day: the same rows, and yet another edit
    edits.save(store, "suppliers", edits.changes("suppliers", after, before), "ben")
    assert costs() == [("", 14, None), ("MUG", 10, "3.205")]
    again = edits.save(store, "suppliers", changed, "anna")
    assert costs()[1][2] == "1234.500" and again["updated"] == 1
    past = imports.history(store)
    assert past["file"].tolist()[:3] == ["Suppliers edited in the app"] * 3
    assert past["imported_by"].tolist()[:3] == ["anna", "ben", "anna"]
    undo(again["import_id"])
    assert costs()[1][2] == "3.205"
    gone = edits.changes("suppliers", before, before[before["sku"] == ""])
    edits.save(store, "suppliers", gone)
    assert costs() == [("", 14, None)]


@pytest.mark.usefixtures("emptied")
def test_what_cannot_be_is_named_by_its_row_and_nothing_is_saved(tmp_path: Path) -> None:
    store = loaded(tmp_path)
    rows = pd.DataFrame(
        [
            {"supplier": "Leaf", "sku": "MUG", "lead_time_days": -3, "valid_from": date(2024, 1, 1)},
            {"supplier": "Leaf", "sku": "POT", "lead_time_days": 8, "pack_size": 0, "valid_from": date(2024, 1, 1)},
        ],
        dtype=object,
    )
    found = edits.check(store, "suppliers", rows)
    assert found[["row", "column", "reason"]].to_numpy().tolist() == [
        [0, "Lead time days", "this cannot be below 0"],
        [1, "Pack size", "a pack holds at least one piece"],
    ]
    with pytest.raises(Refused, match="row 1, lead time days “-3”: this cannot be below 0"):
        edits.save(store, "suppliers", rows)
    assert costs() == [("", 14, None), ("MUG", 10, "3.205")]
    edits.save(store, "bundles", pd.DataFrame([{"bundle_sku": "SET", "component_sku": "PAIR", "units": 1}]))
    circle = pd.DataFrame([{"bundle_sku": "PAIR", "component_sku": "SET", "units": 1}])
    assert list(edits.check(store, "bundles", circle)["reason"]) == ["this component holds the bundle itself"]
    order = {
        "order": "P9",
        "supplier": "Leaf",
        "status": "sent",
        "ordered_on": date(2024, 5, 1),
        "sku": "MUG",
        "units": 5,
    }
    for said, words in (
        ({"units": 0}, "a line orders more than 0 pieces"),
        ({"received_units": 6, "received_on": date(2024, 5, 9)}, "6 came of 5 that were ordered"),
        ({"received_units": 1, "received_on": date(2024, 4, 9)}, "it was ordered later, on 2024-05-01"),
        ({"expected_on": date(2024, 4, 9)}, "it was ordered later, on 2024-05-01"),
    ):
        with pytest.raises(Refused, match=words):
            edits.save(store, "purchase_orders", pd.DataFrame([order | said], dtype=object))
    terms = {"supplier": "Leaf", "sku": "MUG", "minimum_order": -1, "valid_from": date(2024, 1, 1)}
    with pytest.raises(Refused, match="minimum order “-1”: this cannot be below 0"):
        edits.save(store, "suppliers", pd.DataFrame([terms], dtype=object))
    (tmp_path / "products.csv").write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nmug,Mug,Title,Default Title,MUG,5.00\n",
        encoding="utf-8",
    )
    take(tmp_path / "products.csv", currency="EUR")
    strange = pd.DataFrame([order, order | {"sku": "MUX"}], dtype=object)
    assert edits.check(store, "purchase_orders", strange)[["row", "value", "reason"]].to_numpy().tolist() == [
        [1, "MUX", "no product of this store has this SKU; import the catalogue that has it first"]
    ]
    with pytest.raises(Refused, match="row 2, SKU “MUX”: no product of this store has this SKU"):
        edits.save(store, "purchase_orders", strange)
    with pytest.raises(Refused, match="no row was changed"):
        edits.save(store, "bundles", circle.head(0))


@pytest.mark.usefixtures("emptied")
def test_an_order_is_drafted_sent_received_in_parts_and_closed(tmp_path: Path) -> None:
    store = loaded(tmp_path)
    scope = Scope(store=store)
    wanted = [{"sku": "MUG", "units": Decimal(100)}, {"sku": "POT", "units": 20, "unit_cost": Decimal("5.5")}]
    number = purchase_orders.draft(store, "Leaf", wanted, "anna")
    today = edits.today(store)
    assert number == f"PO-{today.year}-001" and purchase_orders.incoming(scope).empty
    assert purchase_orders.lines(scope)["unit_cost"].astype(str).tolist() == ["3.205000", "5.500000"]
    with pytest.raises(Refused, match="is draft, so this cannot be done: it has to be sent"):
        workflow.receive(store, number, today, {1: Decimal(5)})
    lines = purchase_orders.lines(scope).assign(units=[100, 24])
    workflow.rewrite(store, number, {"freight": Decimal("12.5"), "deposit": 50, "expected_on": today}, lines)
    workflow.send(store, number, today, "ben")
    assert purchase_orders.incoming(scope)[["sku", "units", "due_on"]].to_numpy().tolist() == [
        ["MUG", 100, today],
        ["POT", 24, today],
    ]
    workflow.receive(store, number, today, {1: Decimal(60), 2: Decimal(0)})
    workflow.receive(store, number, today, {1: Decimal(30), 2: Decimal(24)})
    order = purchase_orders.orders(scope).iloc[0]
    assert (order["stage"], order["received_units"], order["open_units"], order["freight"]) == (
        "partly received",
        114,
        10,
        12.5,
    )
    # another cost of a line keeps what came of it; the line itself cannot be taken out any more
    lines = purchase_orders.lines(scope)
    later = today + timedelta(days=3)
    workflow.rewrite(store, number, {"expected_on": later}, lines.assign(unit_cost=[3.5, 5.5]))
    assert set(purchase_orders.lines(scope)["expected_on"]) == {later}
    assert purchase_orders.lines(scope)["received_units"].tolist() == [90, 24]
    assert purchase_orders.lines(scope)["unit_cost"].astype(float).tolist() == [3.5, 5.5]
    with pytest.raises(Refused, match="Something of MUG came already, so it cannot be taken out"):
        workflow.rewrite(store, number, {}, lines.tail(1))
    with pytest.raises(Refused, match="came already, so it cannot be cancelled"):
        workflow.cancel(store, number)
    workflow.close(store, number, "anna")
    assert purchase_orders.orders(scope)["stage"].tolist() == ["closed"] and purchase_orders.incoming(scope).empty
    assert len(imports.history(store)) == 8
    undo(int(imports.history(store)["import_id"].iloc[0]))
    assert purchase_orders.orders(scope)["open_units"].tolist() == [10]
    second = purchase_orders.draft(store, "Leaf", wanted)
    workflow.cancel(store, second)
    assert (second, purchase_orders.orders(scope)["status"].iloc[0]) == (f"PO-{today.year}-002", "cancelled")
    with pytest.raises(Refused, match="There is no purchase order X"):
        workflow.send(store, "X", today)
