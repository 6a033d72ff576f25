"""WooCommerce's exports: products, the orders report of its analytics, and the two exporters shops use most."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import bridge, presets
from analytics.errors import Refused
from analytics.ingest.load import Options
from analytics.ingest.preview import preview
from analytics.scope import Scope
from analytics.undo import undo
from imported import counts, everything, money, rejects, rows_of, table, take, totals, unreconciled

pytestmark = pytest.mark.usefixtures("emptied")


PRODUCT_COLUMNS = [
    "ID", "Type", "SKU", "Name", "Published", "Is featured?", "Visibility in catalog", "Description",
    "Date sale price starts", "Date sale price ends", "In stock?", "Stock", "Sale price", "Regular price", "Categories",
    "Images", "Parent", "Position", "Attribute 1 name", "Attribute 1 value(s)", "Meta: _wc_cog_cost", "Brands",
]  # fmt: skip


def product(number: str, kind: str, sku: str, name: str, price: str, **more: str) -> dict[str, str]:
    """A row of the products export; `more` are further columns, with _ for a blank."""
    said = {"Meta: _wc_cog_cost" if name == "cost" else name.replace("_", " "): value for name, value in more.items()}
    usual = {"ID": number, "Type": kind, "SKU": sku, "Name": name, "Regular price": price, "Published": "1"}
    return usual | {"Visibility in catalog": "visible"} | said


def products() -> list[tuple[object, ...]]:
    return rows_of(
        "select product_key, sku, title, category, vendor, price::text, currency from products where is_listed order by 1"
    )


def test_a_variable_product_is_not_sold_itself_and_its_variations_take_its_category_and_brand(tmp_path: Path) -> None:
    rows = [
        product("44", "variable", "HOOD", "Hoodie", "", Categories="Clothing > Hoodies, Sale", Brands="Acme"),
        product("45", "variation", "HOOD-B", "Hoodie - Blue", "45", Parent="HOOD", cost="12.50"),
        product("46", "variation", "", "Hoodie - Red", "42", Parent="id:44"),
        product("47", "simple, virtual", "ALB", "Album", "15", Categories=r"Music\, Film", Sale_price="12"),
        product("48", "grouped", "SET", "Logo set", "", Categories="Clothing"),
    ]
    account = take(table(tmp_path / "wc-product-export.csv", PRODUCT_COLUMNS, rows), currency="EUR")
    assert (account["format"], counts(account)) == ("woocommerce_products", {"rows": 5, "loaded": 3, "ignored": 2})
    assert products() == [
        ("ALB", "ALB", "Album", "Music, Film", None, "12.0000", "EUR"),
        ("HOOD-B", "HOOD-B", "Hoodie - Blue", "Clothing > Hoodies", "Acme", "45.0000", "EUR"),
        ("id:46", None, "Hoodie - Red", "Clothing > Hoodies", "Acme", "42.0000", "EUR"),
    ]
    assert rows_of("select product_key, unit_cost::text, currency from product_costs") == [
        ("HOOD-B", "12.500000", "EUR")
    ]
    assert "2 of 3 products have no cost: they are left out of margins." in account["notices"]


def test_products_that_share_a_sku_are_known_by_their_id(tmp_path: Path) -> None:
    rows = [
        product("1", "simple", "A", "Cup", "5"),
        product("2", "simple", "A", "Mug", "6"),
        product("3", "simple", "B", "Jug", "7"),
        product("3", "simple", "B", "Jug, large", "8"),
    ]
    account = take(table(tmp_path / "products.csv", PRODUCT_COLUMNS, rows))
    assert counts(account) == {"rows": 4, "loaded": 3, "duplicate": 1}
    assert [(row[0], row[2], row[5]) for row in products()] == [
        ("B", "Jug, large", "8.0000"),
        ("id:1", "Cup", "5.0000"),
        ("id:2", "Mug", "6.0000"),
    ]


def test_a_sale_price_counts_only_on_its_days(tmp_path: Path) -> None:
    # the file speaks of 30 June 2024
    rows = [
        product("1", "simple", "A", "Now", "10", Sale_price="8", Date_sale_price_starts="2024-06-01 00:00:00"),
        product("2", "simple", "B", "Over", "10", Sale_price="8", Date_sale_price_ends="2024-06-29 00:00:00"),
        product("3", "simple", "C", "Later", "10", Sale_price="8", Date_sale_price_starts="2024-07-01 00:00:00"),
        product("4", "simple", "D", "Last day", "10", Sale_price="8", Date_sale_price_ends="2024-06-30 00:00:00"),
    ]
    take(table(tmp_path / "products.csv", PRODUCT_COLUMNS, rows))
    assert [(row[2], row[5]) for row in products()] == [
        ("Now", "8.0000"),
        ("Over", "10.0000"),
        ("Later", "10.0000"),
        ("Last day", "8.0000"),
    ]


def test_bad_product_rows_are_named_and_the_others_load(tmp_path: Path) -> None:
    rows = [
        product("1", "simple", "A", "Cup", "five"),
        product("2", "simple", "B", "", "6"),
        product("", "simple", "", "Jug", "7"),
        product("5.37518E+12", "simple", "C", "Pot", "8"),
        product("4", "", "D", "Pan", "9"),
        product("5", "simple", "E", "Lid", "9", cost="cheap"),
        {},
        product("6", "simple", "F", "Tray", ""),
    ]
    account = take(table(tmp_path / "products.csv", PRODUCT_COLUMNS, rows))
    assert counts(account) == {"rows": 8, "loaded": 1, "rejected": 6, "ignored": 1}
    assert rejects(account) == [
        (2, "Regular price", "five", "this is not a price"),
        (3, "Name", None, "the name is missing"),
        (4, "ID", None, "the product has neither an ID nor a SKU"),
        (5, "ID", "5.37518E+12", "a spreadsheet has rounded this ID, so it is no key; export it again"),
        (6, "Type", None, "the type is missing"),
        (7, "Cost of goods", "cheap", "this is not a cost"),
    ]
    assert products() == [("F", "F", "Tray", None, None, None, "XXX")]


@pytest.mark.parametrize(
    "header",
    [
        "ID;Typ;Artikelnummer;Name;Veröffentlicht;Ist hervorgehoben?;Sichtbarkeit im Katalog;Angebotspreis;"
        "Regulärer Preis;Kategorien;Übergeordnetes Produkt;Bestand",
        "ID;Type;UGS;Nom;Publié;Mis en avant ?;Visibilité dans le catalogue;Tarif promo;Tarif régulier;Catégories;Parent;Stock",
        "ID;Tipo;SKU;Nombre;Publicado;¿Está destacado?;Visibilidad en el catálogo;Precio rebajado;Precio normal;"
        "Categorías;Superior;Inventario",
    ],
)
def test_translated_headers_with_decimal_commas(header: str, tmp_path: Path) -> None:
    rows = (
        "10;variable;HOSE;Hose;1;0;visible;;;Kleidung;;\n"
        "11;variation;HOSE-S;Hose - S;1;0;visible;;1.234,50;;HOSE;\n"
        "12;simple;HUT;Hut;1;0;visible;9,90;12,00;Kopf;;3\n"
    )
    path = tmp_path / "wc-product-export.csv"
    path.write_text(f"{header}\n{rows}", encoding="utf-8-sig")
    account = take(path)
    assert (account["format"], counts(account)) == ("woocommerce_products", {"rows": 3, "loaded": 2, "ignored": 1})
    assert [(row[0], row[3], row[5]) for row in products()] == [
        ("HOSE-S", "Kleidung", "1234.5000"),
        ("HUT", "Kopf", "9.9000"),
    ]


def test_a_russian_export_with_a_blank_first_line_and_a_mark_behind_a_tab(tmp_path: Path) -> None:
    header = (
        "\t\ufeffID,Тип,Артикул,Имя,Опубликован,рекомендуемый?,Видимость в каталоге,Короткое описание,Описание,"
        "В наличии?,Базовая цена,Категории,Изображения"
    )
    path = tmp_path / "wc-product-export.csv"
    path.write_text(f"\n{header}\n17,simple,ЧШ-1,Чашка,1,0,visible,,,1,350.00,Посуда,\n", encoding="utf-8")
    account = take(path, currency="RUB")
    assert (account["format"], counts(account)) == (
        "woocommerce_products",
        {"rows": 2, "loaded": 1, "ignored": 1},
    )
    assert products() == [("ЧШ-1", "ЧШ-1", "Чашка", "Посуда", None, "350.0000", "RUB")]


def test_the_same_products_again_change_nothing_and_a_new_price_updates_one(tmp_path: Path) -> None:
    rows = [product("1", "simple", "A", "Cup", "5"), product("2", "simple", "B", "Mug", "6")]
    take(table(tmp_path / "1.csv", PRODUCT_COLUMNS, rows))
    rows[1]["Regular price"] = "7"
    again = take(table(tmp_path / "2.csv", PRODUCT_COLUMNS, list(reversed(rows))))
    assert counts(again) == {"rows": 2, "updated": 1, "unchanged": 1}
    assert [row[5] for row in products()] == ["5.0000", "7.0000"]


ANALYTICS_COLUMNS = [
    "Date", "Order #", "N. Revenue (formatted)", "Status", "Customer", "Customer type", "Product(s)", "Items sold",
    "Coupon(s)", "N. Revenue",
]  # fmt: skip


def sold(number: str, day: str, net: str, products: str, items: str, **more: str) -> dict[str, str]:
    """A row of the analytics report of orders; `more` are status, total and coupons."""
    return {
        "Date": f"{day} 10:00:00",
        "Order #": number,
        "N. Revenue (formatted)": more.get("total", f"${net}"),
        "Status": more.get("status", "completed"),
        "Customer": "Anna Secretova",
        "Customer type": "new",
        "Product(s)": products,
        "Items sold": items,
        "Coupon(s)": more.get("coupons", ""),
        "N. Revenue": net,
    }


def test_an_order_of_the_analytics_report_is_one_line_of_its_net_revenue(emptied: str, tmp_path: Path) -> None:
    rows = [
        sold("1001", "2024-05-01", "40", "2× Cup, blue", "2", total="$53.00"),
        sold("1002", "2024-05-02", "25.5", "1x Cup, 2x Mug, large", "3", status="processing", coupons="SPRING"),
        sold("1006", "2024-05-03", "0", "1× Sample", "1", total="$0.00"),
        sold("1007", "2024-05-03", "8", "", "1"),
    ]
    account = take(table(tmp_path / "orders.csv", ANALYTICS_COLUMNS, rows), currency="USD")
    assert (account["format"], counts(account)) == ("woocommerce_analytics_orders", {"rows": 4, "loaded": 4})
    assert money("gross_sales", "net_sales", "collected", "orders", "zero_total_orders", "units") == [
        "73.50", "73.50", "73.50", "4.00", "1.00", "7.00",
    ]  # fmt: skip
    assert rows_of("select order_key, a.title, units, amount from order_items join product_aliases a using (alias_id) order by 1") == [
        ("1001", "Cup, blue", 2, 40),
        ("1002", "Products not told apart", 3, Decimal("25.5")),
        ("1006", "Sample", 1, 0),
        ("1007", "Products not told apart", 1, 8),
    ]  # fmt: skip
    assert rows_of("select discount_codes from orders where order_key = '1002'") == [("SPRING",)]
    assert "secretova" not in everything(emptied).lower() and totals()["customers"] == 0


def test_orders_that_failed_or_were_never_paid_do_not_count(tmp_path: Path) -> None:
    states = ["completed", "processing", "on-hold", "refunded", "pending", "failed", "cancelled", "checkout-draft"]
    rows = [sold(str(at), "2024-05-01", "10", "1× Cup", "1", status=state) for at, state in enumerate(states)]
    rows.append(sold("6", "2024-05-02", "-10", "-1× Cup", "-1"))
    assert counts(take(table(tmp_path / "orders.csv", ANALYTICS_COLUMNS, rows))) == {"rows": 9, "loaded": 9}
    assert money("gross_sales", "reversals", "orders") == ["40.00", "0.00", "4.00"]


def test_a_refund_of_the_analytics_report_counts_on_its_own_day_and_knows_its_order(tmp_path: Path) -> None:
    rows = [
        sold("1001", "2024-05-01", "40", "2× Cup", "2", total="$53.00"),
        sold("1001", "2024-05-10", "-20", "-1× Cup", "-1", total="$53.00"),
        sold("1001", "2024-05-12", "-5", "", "0", total="$53.00"),
        sold("1001", "2024-05-13", "0", "", "0", total="$53.00"),
        sold("990", "2024-05-04", "-7", "", "0", total="$90.00"),
    ]
    account = take(table(tmp_path / "orders.csv", ANALYTICS_COLUMNS, rows))
    assert counts(account) == {"rows": 5, "loaded": 4, "ignored": 1}
    assert money("gross_sales", "reversals", "net_sales", "orders", "units", "units_returned") == [
        "40.00", "32.00", "8.00", "1.00", "2.00", "1.00",
    ]  # fmt: skip
    taken_back = rows_of(
        "select order_name, kind, booked_at::date::text, ordered_on::text, amount, units from reversals join "
        "(select order_key, order_name from orders) as o using (order_key) order by booked_at"
    )
    assert taken_back == [
        ("990", "unknown", "2024-05-04", "2024-05-04", 7, None),
        ("1001", "return", "2024-05-10", "2024-05-01", 20, 1),
        ("1001", "unknown", "2024-05-12", "2024-05-01", 5, None),
    ]
    assert not {"other_days", "unreconciled"} & set(bridge.steps(Scope())["step"])


def test_a_report_that_holds_only_the_refund_does_not_replace_its_order(tmp_path: Path) -> None:
    order = sold("1001", "2024-05-01", "40", "2× Cup", "2")
    refunds = [sold("1001", "2024-06-10", "-20", "-1× Cup", "-1"), sold("1001", "2024-06-11", "-20", "-1× Cup", "-1")]
    take(table(tmp_path / "may.csv", ANALYTICS_COLUMNS, [order]))
    assert counts(take(table(tmp_path / "june.csv", ANALYTICS_COLUMNS, refunds))) == {"rows": 2, "loaded": 2}
    assert counts(take(table(tmp_path / "late.csv", ANALYTICS_COLUMNS, refunds[1:]))) == {"rows": 1, "unchanged": 1}
    both = take(table(tmp_path / "both.csv", ANALYTICS_COLUMNS, [order, *refunds]))
    assert counts(both) == {"rows": 3, "unchanged": 3}
    assert money("gross_sales", "reversals", "orders") == ["40.00", "40.00", "1.00"]


def test_rows_of_the_analytics_report_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    rows = [
        sold("", "2024-05-01", "40", "2× Cup", "2"),
        sold("2", "2024-13-01", "40", "2× Cup", "2"),
        sold("3", "2024-05-01", "much", "2× Cup", "2"),
        sold("4", "2024-05-01", "40", "2× Cup", "two"),
        {},
        sold("5", "2024-05-01", "40", "2× Cup", "2"),
        sold("5", "2024-05-01", "42", "2× Cup", "2", total="€41,00"),
    ]
    account = take(table(tmp_path / "orders.csv", ANALYTICS_COLUMNS, rows))
    assert counts(account) == {"rows": 7, "loaded": 1, "duplicate": 1, "rejected": 4, "ignored": 1}
    assert rejects(account) == [
        (2, "Order #", None, "the order number is missing"),
        (3, "Date", "2024-13-01 10:00:00", "this is not a date"),
        (4, "N. Revenue", "much", "this is not an amount"),
        (5, "Items sold", "two", "this is not a quantity"),
    ]
    assert unreconciled() == [("5", "The order total is below its net revenue", -1)]


EXPORT_COLUMNS = [
    "Order Number", "Order Status", "Order Date", "Customer Note", "First Name (Billing)", "Country Code (Billing)",
    "Email (Billing)", "Country Code (Shipping)", "Cart Discount Amount", "Order Subtotal Amount",
    "Order Shipping Amount", "Order Refund Amount", "Order Total Amount", "Order Total Tax Amount", "SKU", "Item #",
    "Item Name", "Quantity (- Refund)", "Item Cost", "Coupon Code", "Discount Amount", "Discount Amount Tax",
]  # fmt: skip


def exported(number: str, day: str, amounts: str, *items: str, **more: str) -> list[dict[str, str]]:
    """The rows of an order: `amounts` are subtotal, discount, shipping, tax, refund, total; an item is SKU, name, quantity, cost."""
    names = ("Order Subtotal Amount", "Cart Discount Amount", "Order Shipping Amount", "Order Total Tax Amount",
             "Order Refund Amount", "Order Total Amount")  # fmt: skip
    order = dict(zip(names, amounts.split(), strict=True)) | {
        "Order Number": number,
        "Order Status": more.get("status", "Completed"),
        "Order Date": f"{day} 10:00:00",
        "First Name (Billing)": "Secretova",
        "Email (Billing)": more.get("email", f"anna{number}@example.com"),
        "Country Code (Billing)": "DE",
    }
    rows = []
    for at, item in enumerate(items, 1):
        sku, name, quantity, cost = item.split("|")
        line = {"Item #": str(at), "SKU": sku, "Item Name": name, "Quantity (- Refund)": quantity, "Item Cost": cost}
        rows.append(order | line)
    return rows


def once(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows with the order's own columns on its first row only."""
    own = ("Item #", "SKU", "Item Name", "Quantity (- Refund)", "Item Cost", "Coupon Code", "Discount Amount")
    return [rows[0], *({name: row[name] for name in own if name in row} for row in rows[1:])]


def test_orders_count_by_the_day_on_which_they_were_paid_or_completed(tmp_path: Path) -> None:
    columns = [*EXPORT_COLUMNS, "Paid Date", "Completed Date"]
    said = (
        ("1", "2024-05-30", "10.00 0 1.00 2.00 0 13.00", "CUP|Cup|1|10.00", "2024-06-01 08:00", "2024-06-03"),
        ("2", "2024-06-05", "20.00 0 0 4.00 0 24.00", "CUP|Cup|2|10.00", "2024-06-05 09:00", "2024-07-02"),
        ("3", "2024-06-28", "40.00 0 0 8.00 0 48.00", "MUG|Mug|1|40.00", "2024-07-01 00:10", ""),
        ("4", "2024-06-29", "80.00 0 0 16.00 0 96.00", "JUG|Jug|1|80.00", "", ""),
    )
    rows = [
        row | {"Paid Date": paid, "Completed Date": completed}
        for *order, paid, completed in said
        for row in exported(*order)
    ]
    rows += [
        row | {"Paid Date": ""}
        for row in exported("5", "2024-06-20", "7.00 0 0 0 0 7.00", "CUP|Cup|1|7.00", status="Cancelled")
    ]
    take(table(tmp_path / "orders.csv", columns, rows))
    june = Scope(1, date(2024, 6, 1), date(2024, 7, 1))
    expected = {
        "created": (168, 140, 3, {}),
        # order 1 was paid in June, order 3 in July, order 4 never
        "paid": (37, 30, 2, {"moved": 13 - 48, "undated": -96}),
        # order 1 was completed in June, order 2 in July
        "completed": (13, 10, 1, {"moved": 13 - 24, "undated": -48 - 96}),
    }
    for by, (total, net, orders, moved) in expected.items():
        found = presets.figures(june, "woocommerce", by).set_index("figure")
        assert list(found.loc[["collected", "net_sales", "orders"], "theirs"]) == [total, net, orders], by
        steps = presets.steps(june, "woocommerce", by)
        for _, walk in steps.groupby("figure"):
            assert sum(walk["amount"].iloc[:-1]) == walk["amount"].iloc[-1]
        walk = steps[steps["figure"] == "collected"].set_index("step")["amount"]
        assert {name: walk[name] for name in walk.index if name in ("moved", "undated")} == moved
    with pytest.raises(ValueError, match="by is created, paid, completed"):
        presets.figures(june, "woocommerce", "sent")


def test_days_of_payment_come_back_with_the_file_that_said_them_and_are_asked_for_where_none_did(
    tmp_path: Path,
) -> None:
    rows = exported("1", "2024-05-30", "10.00 0 0 2.00 0 12.00", "CUP|Cup|1|10.00")
    dated = [row | {"Paid Date": "2024-06-01 08:00"} for row in rows]
    first = take(table(tmp_path / "dated.csv", [*EXPORT_COLUMNS, "Paid Date"], dated), as_of=date(2024, 6, 5))
    # an older file that says less changes nothing; a newer one replaces the order whole
    take(table(tmp_path / "older.csv", EXPORT_COLUMNS, rows), as_of=date(2024, 6, 4))
    assert rows_of("select paid_on, completed_on from orders") == [(date(2024, 6, 1), None)]
    second = take(table(tmp_path / "newer.csv", EXPORT_COLUMNS, rows), as_of=date(2024, 6, 9))
    assert rows_of("select paid_on from orders") == [(None,)]
    with pytest.raises(Refused, match=r"No order here says when it was paid.*“Paid Date”"):
        presets.figures(Scope(1), "woocommerce", "paid")
    undo(second["import_id"])
    assert rows_of("select paid_on from orders") == [(date(2024, 6, 1),)]
    undo(first["import_id"])
    assert rows_of("select paid_on from orders") == [(None,)]


# 2 × 20 − 10 % = 36.00 and 1 × 15 − 10 % = 13.50, shipping 5.00, tax 10.36, in all 64.86
MIXED = ("1001", "2024-05-01", "55.00 5.50 5.00 10.36 0 64.86", "CUP|Cup|2|18.00", "MUG|Mug|1|13.50")


@pytest.mark.parametrize("is_repeated", [True, False])
def test_the_columns_of_an_order_count_once_whether_repeated_or_blank(is_repeated: bool, tmp_path: Path) -> None:
    rows = exported(*MIXED)
    rows[0] |= {"Coupon Code": "SPRING", "Discount Amount": "5.50"}
    second = exported("1002", "2024-05-02", "8.00 0 0 1.52 0 9.52", "JUG|Jug|1|8.00")
    account = take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, [*(rows if is_repeated else once(rows)), *second]))
    assert (account["format"], counts(account)) == ("woocommerce_export", {"rows": 3, "loaded": 3})
    figures = money("gross_sales", "discounts", "net_sales", "shipping", "tax", "collected", "orders", "units")
    assert figures == ["63.00", "5.50", "57.50", "5.00", "11.88", "74.38", "2.00", "4.00"]
    assert rows_of("select sku, units, unit_price, amount, discount from order_items join product_aliases using (alias_id) order by 1") == [
        ("CUP", 2, 20, 40, 4),
        ("JUG", 1, 8, 8, 0),
        ("MUG", 1, 15, 15, Decimal("1.5")),
    ]  # fmt: skip
    assert rows_of("select country, discount_codes, difference from orders order by order_key") == [
        ("DE", "SPRING", 0),
        ("DE", None, 0),
    ]
    assert unreconciled() == []


def test_a_customer_of_the_order_export_is_a_hash_and_nothing_else(emptied: str, tmp_path: Path) -> None:
    rows = [
        *exported(*MIXED, email="anna@example.com"),
        *exported("1002", "2024-05-02", "8 0 0 0 0 8", "JUG|Jug|1|8", email="ANNA@example.com"),
        *exported("1003", "2024-05-02", "8 0 0 0 0 8", "JUG|Jug|1|8", email=""),
    ]
    take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))
    assert totals()["customers"] == 1
    text = everything(emptied).lower()
    assert "anna" not in text and "secretova" not in text


def test_goods_that_quantities_leave_out_are_sold_and_taken_back(tmp_path: Path) -> None:
    # of three cups one came back: 20.00 and 3.80 tax; of a jug and a pot, for 12 in all, nobody says which
    rows = [
        *exported("1", "2024-05-01", "60.00 0 0 11.40 23.80 71.40", "CUP|Cup|2|20.00"),
        *exported("2", "2024-05-02", "24.00 0 0 0 12.00 24.00", "JUG|Jug|1|12.00", "POT|Pot|0|12.00"),
        *exported("3", "2024-05-03", "9.00 0 4.00 0 4.00 13.00", "LID|Lid|1|9.00"),
    ]
    account = take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))
    assert "3 refunded orders carry no refund date" in " ".join(account["notices"])
    assert money("gross_sales", "units", "units_returned") == ["93.00", "5.00", "1.00"]
    taken_back = rows_of(
        "select order_key, a.sku, a.title, kind, line_kind, units, amount, is_date_assumed from reversals "
        "left join product_aliases a using (alias_id) order by order_key, part_no"
    )
    assert taken_back[:3] == [
        ("1", "CUP", "Cup", "return", "product", 1, 20, True),
        ("1", None, None, "return", "tax", None, Decimal("3.8"), True),
        ("2", "", "Goods taken back", "return", "product", None, 12, True),
    ]
    # nothing of the third order's goods is missing: the refund is spread over goods and shipping
    assert [(row[0], row[4], row[6]) for row in taken_back[3:]] == [
        ("3", "product", Decimal("2.77")),
        ("3", "shipping", Decimal("1.23")),
    ]
    assert money("collected") == ["68.60"] and unreconciled() == []


def test_with_both_quantities_the_units_taken_back_are_known(tmp_path: Path) -> None:
    rows = exported("1", "2024-05-01", "36.00 0 0 0 12.00 36.00", "JUG|Jug|1|12.00", "POT|Pot|1|12.00")
    rows[0] |= {"Quantity": "1"}
    rows[1] |= {"Quantity": "2"}
    take(table(tmp_path / "orders.csv", [*EXPORT_COLUMNS, "Quantity"], rows))
    assert money("gross_sales", "units", "units_returned", "net_sales") == ["36.00", "3.00", "1.00", "24.00"]
    assert rows_of("select sku, kind, units, amount from reversals join product_aliases using (alias_id)") == [
        ("POT", "return", 1, 12)
    ]


def test_a_refund_exported_as_a_row_dates_what_was_given_back(tmp_path: Path) -> None:
    order = exported("1", "2024-05-01", "60.00 0 0 11.40 23.80 71.40", "CUP|Cup|2|20.00")
    refund = exported("1", "2024-05-20", "-20.00 0 0 -3.80 0 -23.80", "CUP|Cup|-1|20.00", status="Refunded")
    lost = exported("9", "2024-05-21", "-5.00 0 0 0 0 -5.00", "CUP|Cup|-1|5.00", status="Refunded")
    account = take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, [*order, *refund, *lost]))
    assert counts(account) == {"rows": 3, "loaded": 2, "rejected": 1}
    assert rejects(account) == [(4, "Order Number", "9", "this refund belongs to an order that is not in the file")]
    assert rows_of("select line_kind, booked_at::date::text, ordered_on::text, amount, is_date_assumed from reversals order by 1") == [
        ("product", "2024-05-20", "2024-05-01", 20, False),
        ("tax", "2024-05-20", "2024-05-01", Decimal("3.8"), False),
    ]  # fmt: skip
    assert money("gross_sales", "reversals", "units_returned", "collected") == ["60.00", "20.00", "1.00", "47.60"]


def test_a_price_rounded_to_the_cent_does_not_lose_the_rest_of_the_line(tmp_path: Path) -> None:
    # three for 10.00: each costs 3.33
    take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, exported("1", "2024-05-01", "10 0 0 0 0 10", "A|Pin|3|3.33")))
    assert money("gross_sales", "collected") == ["10.00", "10.00"] and unreconciled() == []


def test_prices_printed_before_the_discount_are_told_by_their_sum(tmp_path: Path) -> None:
    rows = exported("1", "2024-05-01", "50.00 5.00 0 0 0 45.00", "A|Pin|1|20.00", "B|Cap|1|30.00")
    take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))
    assert money("gross_sales", "discounts", "collected") == ["50.00", "5.00", "45.00"] and unreconciled() == []


def test_an_order_whose_total_does_not_follow_is_listed_with_the_difference(tmp_path: Path) -> None:
    rows = [
        *exported("1", "2024-05-01", "50.00 0 5.00 0 0 57.00", "A|Pin|1|50.00"),
        *exported("2", "2024-05-01", "50.00 0 5.00 0 0 55.00", "A|Pin|1|20.00", "B|Cap|1|30.00"),
        *exported("3", "2024-05-01", "50.00 0 0 0 0 50.00", "A|Pin|1|20.00"),
    ]
    rows[2]["Order Shipping Amount"] = "6.00"
    take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))
    assert unreconciled() == [
        ("3", "Order Total Amount is not Subtotal − Discount + Shipping + Fees + Tax", 30),
        ("1", "Order Total Amount is not Subtotal − Discount + Shipping + Fees + Tax", 2),
        ("2", "The rows of this order disagree about its own amounts", 0),
    ]


def test_every_row_of_the_order_export_is_accounted_for(tmp_path: Path) -> None:
    good = exported(*MIXED)
    rows = [
        once(exported("0", "2024-05-01", "1 0 0 0 0 1", "A|Pin|1|1", "B|Cap|1|1"))[1],
        *good,
        {"Order Number": "1001", "Coupon Code": "SECOND"},
        good[1] | {"Item Cost": "13.50"},
        {},
        exported("2", "31.02.2024", "1 0 0 0 0 1", "A|Pin|1|1")[0],
        exported("3", "2024-05-01", "1 0 0 0 0 1", "A|Pin|one|1")[0],
        exported("4", "2024-05-01", "1 0 0 0 0 x", "A|Pin|1|1")[0],
        exported("5.3E+12", "2024-05-01", "1 0 0 0 0 1", "A|Pin|1|1")[0],
    ]
    account = take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))
    assert counts(account) == {"rows": 10, "loaded": 3, "duplicate": 1, "rejected": 5, "ignored": 1}
    assert rejects(account) == [
        (2, "Order Number", None, "the first row of this order is missing or was set aside"),
        (8, "Order Date", "31.02.2024 10:00:00", "this is not a date"),
        (9, "Quantity", "one", "this is not a quantity"),
        (10, "Order Total Amount", "x", "this is not an amount"),
        (
            11,
            "Order Number",
            "5.3E+12",
            "a spreadsheet has rounded this order number, so it is no key; export it again",
        ),
    ]
    assert money("gross_sales", "collected") == ["55.00", "64.86"]


def test_the_day_an_order_was_last_changed_beats_the_day_of_the_file(tmp_path: Path) -> None:
    columns = [*EXPORT_COLUMNS, "Modified Date"]
    old = exported("1", "2024-05-01", "10 0 0 0 0 10", "A|Pin|1|10.00")
    new = exported("1", "2024-05-01", "12 0 0 0 0 12", "A|Pin|1|12.00")
    take(table(tmp_path / "new.csv", columns, [new[0] | {"Modified Date": "2024-05-20 08:00:00"}]))
    late = table(tmp_path / "old.csv", columns, [old[0] | {"Modified Date": "2024-05-02 08:00:00"}])
    assert counts(take(late, as_of=date(2024, 12, 31))) == {"rows": 1, "unchanged": 1}
    assert money("gross_sales") == ["12.00"]


def test_the_same_orders_again_change_nothing_and_a_later_refund_updates_one(tmp_path: Path) -> None:
    rows = [*exported(*MIXED), *exported("2", "2024-05-02", "8 0 0 0 0 8", "JUG|Jug|1|8.00")]
    take(table(tmp_path / "1.csv", EXPORT_COLUMNS, rows))
    assert counts(take(table(tmp_path / "2.csv", EXPORT_COLUMNS, [rows[2], *once(rows[:2])]))) == {
        "rows": 3,
        "unchanged": 3,
    }
    rows[2] |= {"Order Refund Amount": "8", "Quantity (- Refund)": "0"}
    assert counts(take(table(tmp_path / "3.csv", EXPORT_COLUMNS, rows))) == {"rows": 3, "updated": 1, "unchanged": 2}
    assert money("gross_sales", "net_sales", "units_returned") == ["63.00", "49.50", "1.00"]


def test_statuses_in_words_and_in_german_decide_what_counts(tmp_path: Path) -> None:
    states = ["Completed", "On hold", "wc-processing", "Pending payment", "Zahlung ausstehend", "Storniert", "Failed"]
    rows = [
        row
        for at, state in enumerate(states)
        for row in exported(str(at), "2024-05-01", "10 0 0 0 0 10", "A|Pin|1|10", status=state)
    ]
    rows += exported("9", "2024-05-01", "10 0 2 0 0 12", "A|Pin|1|10", status="Refunded")
    assert counts(take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, rows))) == {"rows": 8, "loaded": 8}
    assert money("gross_sales", "reversals", "orders", "collected") == ["40.00", "10.00", "4.00", "30.00"]


PACKED_COLUMNS = [
    "order_id", "order_number", "order_date", "paid_date", "status", "shipping_total", "shipping_tax_total",
    "fee_total", "fee_tax_total", "tax_total", "cart_discount", "order_discount", "discount_total", "order_total",
    "order_subtotal", "order_currency", "customer_id", "billing_first_name", "billing_email", "billing_country",
    "shipping_country", "coupon_items", "refund_items", "order_notes", "line_item_1", "line_item_2", "line_item_3",
    "Product Item 1 Name",
]  # fmt: skip


def packed(number: str, day: str, amounts: str, *items: str, **more: str) -> dict[str, str]:
    """A row of WebToffee's export: `amounts` are discount, shipping, fees, tax, total; items as they are packed."""
    names = ("discount_total", "shipping_total", "fee_total", "tax_total", "order_total")
    usual = {
        "order_id": f"7{number}",
        "order_number": number,
        "order_date": f"{day} 10:00:00",
        "status": "completed",
        "order_currency": "EUR",
        "billing_first_name": "Secretova",
        "billing_email": f"anna{number}@example.com",
        "shipping_country": "IT",
        "order_notes": "content:Anna Secretova wrote|date:2024-05-01",
    }
    cells = {f"line_item_{at}": item for at, item in enumerate(items, 1)}
    return usual | dict(zip(names, amounts.split(), strict=True)) | cells | more


CUPS = "name:Cup: blue, 0.3 l|product_id:11|sku:CUP|quantity:2|total:36.00|sub_total:40.00|tax:6.84|meta:Colour:blue"
MUG = "name:Mug|product_id:12|sku:|quantity:1|total:13.50|sub_total:15.00|tax:2.57"


def test_the_items_of_an_order_are_unpacked_whatever_their_number(emptied: str, tmp_path: Path) -> None:
    rows = [
        packed("1", "2024-05-01", "5.50 5.00 2.00 10.74 67.24", CUPS, MUG, coupon_items="code:spring|amount:5.50"),
        packed("2", "2024-05-02", "0 0 0 0 500.00", "name:Desk|sku:D|quantity:1|total:500.00|refunded:0.00"),
        packed("3", "2024-05-03", "3.00 0 0 0 27.00", "name:A|sku:A|quantity:1|total:9.00", "name:B|sku:B|quantity:2|total:18.00"),
    ]  # fmt: skip
    account = take(table(tmp_path / "orders.csv", PACKED_COLUMNS, rows))
    assert (account["format"], counts(account), account["currency"]) == (
        "woocommerce_webtoffee",
        {"rows": 3, "loaded": 3},
        "EUR",
    )
    assert rows_of("select order_key, line_no, sku, a.title, kind, units, amount, discount from order_items "
                   "join product_aliases a using (alias_id) order by 1, 2") == [
        ("1", 1, "CUP", "Cup: blue, 0.3 l", "product", 2, 40, 4),
        ("1", 2, "", "Mug", "product", 1, 15, Decimal("1.5")),
        ("1", 900001, "", "Fees", "fee", 0, 2, 0),
        ("2", 1, "D", "Desk", "product", 1, 500, 0),
        ("3", 1, "A", "A", "product", 1, 10, 1),
        ("3", 2, "B", "B", "product", 2, 20, 2),
    ]  # fmt: skip
    figures = money("gross_sales", "discounts", "shipping", "tax", "fees", "collected", "units", "orders")
    assert figures == ["585.00", "8.50", "5.00", "10.74", "2.00", "594.24", "7.00", "3.00"]
    assert rows_of("select discount_codes, country from orders where order_key = '1'") == [("spring", "IT")]
    assert unreconciled() == [] and totals()["customers"] == 3
    text = everything(emptied).lower()
    assert "secretova" not in text and "anna1@" not in text


def test_an_order_of_many_items_loses_none_and_a_preview_shows_no_person(tmp_path: Path) -> None:
    items = [f"name:Pin {at}|sku:P{at}|quantity:1|total:1.00" for at in range(1, 31)]
    columns = [*PACKED_COLUMNS, *(f"line_item_{at}" for at in range(4, 31))]
    path = table(tmp_path / "orders.csv", columns, [packed("1", "2024-05-01", "0 0 0 0 30.00", *items)])
    seen = preview(path, Options(store="Shop"))
    assert (seen.format, seen.new) == ("woocommerce_webtoffee", 1)
    assert not {"billing_first_name", "billing_email", "order_notes"} & set(seen.columns)
    take(path)
    assert money("gross_sales", "units") == ["30.00", "30.00"] and unreconciled() == []


def test_more_items_than_can_be_read_are_refused_not_lost(tmp_path: Path) -> None:
    columns = [*PACKED_COLUMNS, *(f"line_item_{at}" for at in range(4, 252))]
    with pytest.raises(Refused):
        take(table(tmp_path / "orders.csv", columns, [packed("1", "2024-05-01", "0 0 0 0 9", CUPS)]))


def test_a_refund_falls_on_its_lines_and_days(tmp_path: Path) -> None:
    # the mug came back whole on the 20th: 13.50 and its tax; on the 25th 10.00 of the cups and 1.90 tax
    mug = f"{MUG}|refunded:13.50"
    cups = f"{CUPS}|refunded:10.00"
    refunds = "amount:16.07|reason:Ms Secretova; broken|date:2024-05-20 09:00:00;amount:11.90|reason:|date:2024-05-25 09:00:00"
    rows = [packed("1", "2024-05-01", "5.50 5.00 0 10.36 64.86", cups, mug, refund_items=refunds)]
    take(table(tmp_path / "orders.csv", PACKED_COLUMNS, rows))
    assert money("reversals", "net_sales", "collected") == ["23.50", "26.00", "36.89"]
    by_day = rows_of(
        "select booked_at::date::text, sum(amount), bool_or(is_date_assumed) from reversals group by 1 order by 1"
    )
    assert by_day == [("2024-05-20", Decimal("16.07"), False), ("2024-05-25", Decimal("11.90"), False)]  # fmt: skip
    by_line = rows_of("select coalesce(a.title, line_kind), sum(amount) from reversals left join product_aliases a using (alias_id) "
                      "group by 1 order by 1")  # fmt: skip
    assert by_line == [
        ("Cup: blue, 0.3 l", 10), ("Mug", Decimal("13.5")), ("shipping", Decimal("1.46")), ("tax", Decimal("3.01")),
    ]  # fmt: skip
    assert rows_of("select distinct kind from reversals") == [("unknown",)]


def test_lines_paid_back_whole_came_back(tmp_path: Path) -> None:
    rows = [
        packed("1", "2024-05-01", "5.50 5.00 0 10.36 64.86", CUPS, f"{MUG}|refunded:13.50",
               refund_items="amount:13.50|reason:|date:2024-05-20 09:00:00"),
        packed("2", "2024-05-01", "5.50 0 0 0 49.50", CUPS, MUG, status="refunded"),
    ]  # fmt: skip
    take(table(tmp_path / "orders.csv", PACKED_COLUMNS, rows))
    assert rows_of("select order_key, kind, inferred_from, booked_at::date::text, is_date_assumed, sum(amount) from reversals "
                   "group by 1, 2, 3, 4, 5 order by 1") == [
        ("1", "return", "whole_lines", "2024-05-20", False, Decimal("13.5")),
        ("2", "return", "whole_order", "2024-05-01", True, Decimal("49.5")),
    ]  # fmt: skip


def test_packed_orders_that_cannot_be_read_or_do_not_add_up_are_named(tmp_path: Path) -> None:
    rows = [
        packed("1", "2024-05-01", "0 0 0 0 9", "name:A|sku:A|quantity:one|total:9.00"),
        packed("2", "2024-05-99", "0 0 0 0 9", "name:A|sku:A|quantity:1|total:9.00"),
        packed("3", "2024-05-01", "0 0 0 0 9", "name:A|sku:A|quantity:1|total:9.00", refund_items="all of it, Anna"),
        packed("4", "2024-05-01", "0 0 0 0 9", "name:A|sku:A|quantity:1|total:9.00"),
        packed("4", "2024-05-01", "0 1 0 0 12", "name:A|sku:A|quantity:1|total:9.00"),
        packed("5", "2024-05-01", "1 0 0 0 9", "name:A|sku:A|quantity:1|total:9.00|sub_total:9.00"),
        packed("6", "2024-05-01", "0 0 0 0 9", "giftcard-name:X|giftcard-id:4", "name:A|sku:A|quantity:1|total:9.00"),
    ]
    account = take(table(tmp_path / "orders.csv", PACKED_COLUMNS, rows))
    assert counts(account) == {"rows": 7, "loaded": 3, "duplicate": 1, "rejected": 3}
    assert rejects(account) == [
        (2, "line_item_1", "name:A|sku:A|quantity:one|total:9.00", "this item has no readable name, quantity or total"),
        (3, "order_date", "2024-05-99 10:00:00", "this is not a date"),
        (4, "refund_items", None, "this is not a list of refunds"),
    ]
    assert unreconciled() == [
        ("4", "order_total is not the items + shipping + fees + tax", 2),
        ("5", "The items carry another discount than discount_total", 0),
    ]
    assert money("gross_sales") == ["27.00"]


TAKEN_BACK = (
    "select order_key, kind, line_kind, booked_at::date::text, amount, units, is_date_assumed from reversals "
    "where not is_superseded order by booked_at, line_kind, amount"
)


@pytest.mark.parametrize("is_report_first", [True, False])
def test_a_refund_that_the_report_and_the_order_export_tell_counts_once(is_report_first: bool, tmp_path: Path) -> None:
    order = exported("1001", "2024-05-01", "40.00 0 5.00 8.55 23.80 53.55", "CUP|Cup|2|20.00")
    rows = [sold("1001", "2024-05-01", "40", "2× Cup", "2"), sold("1001", "2024-05-20", "-15", "-1× Cup", "-1")]
    report = table(tmp_path / "report.csv", ANALYTICS_COLUMNS, rows), date(2024, 6, 1)
    export = table(tmp_path / "orders.csv", EXPORT_COLUMNS, order), date(2024, 6, 2)
    files = [report, export] if is_report_first else [export, report]
    first = take(files[0][0], as_of=files[0][1])
    alone = rows_of(TAKEN_BACK)
    second = take(files[1][0], as_of=files[1][1])
    both = rows_of(TAKEN_BACK)
    # 23.80 went back in all; the report knows the day of 15.00 of its goods
    assert {row[0] for row in both} == {"1001"} and sum(row[4] for row in both) == Decimal("23.80")
    assert ("1001", "return", "product", "2024-05-20", 15, 1, False) in both
    assert money("gross_sales", "orders") == ["40.00", "1.00"]
    undo(second["import_id"])
    assert rows_of(TAKEN_BACK) == alone
    undo(first["import_id"])
    assert rows_of(TAKEN_BACK) == []


def test_a_refund_that_only_the_report_knows_yet_stays_and_takes_nothing_else_back(tmp_path: Path) -> None:
    order = exported("1001", "2024-05-01", "40.00 0 0 0 5.00 40.00", "CUP|Cup|2|20.00")
    take(table(tmp_path / "orders.csv", EXPORT_COLUMNS, order), as_of=date(2024, 6, 2))
    refunds = [sold("1001", "2024-05-20", "-5", "", "0"), sold("1001", "2024-06-10", "-20", "-1× Cup", "-1")]
    take(table(tmp_path / "refunds.csv", ANALYTICS_COLUMNS, refunds), as_of=date(2024, 6, 12))
    assert money("gross_sales", "reversals", "units_returned") == ["40.00", "25.00", "1.00"]
    assert [(row[0], row[3], row[4]) for row in rows_of(TAKEN_BACK)] == [
        ("1001", "2024-05-20", 5),
        ("1001", "2024-06-10", 20),
    ]
