"""Shopify's analytics reports by day, hour, week, month and order, in the words and numbers of four languages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import sales
from analytics.scope import Scope
from converted import AS_OF, Converted, converted
from imported import counts, rejects, rows_of, table, take

ENGLISH = [
    "Orders", "Gross sales", "Discounts", "Returns", "Net sales", "Shipping charges", "Duties", "Additional fees", "Taxes",
    "Total sales",
]  # fmt: skip
# what each day says, in the order of those columns
FIRST = "2 50.00 -1.00 -20.00 29.00 4.00 0.00 0.00 5.30 38.30"
SECOND = "1 10.00 0.00 0.00 10.00 0.00 0.00 0.00 2.00 12.00"


def said(unit: str, amounts: str, by: str = "Day", **more: str) -> dict[str, str]:
    row = {by: unit} | dict(zip(ENGLISH, amounts.split(), strict=True))
    return row | {name.replace("_", " "): value for name, value in more.items()}


def report(folder: Path, columns: list[str], *rows: dict[str, str], **how: str) -> Converted:
    return converted(table(folder / "report.csv", columns, list(rows), **how), "totals")


def amounts(found: Converted, metric: str) -> dict[date, Decimal]:
    return {fact["day"]: fact["amount"] for fact in found.facts if fact["metric"] == metric}


def test_hours_are_added_up_to_their_day(tmp_path: Path) -> None:
    rows = [
        said("2024-05-01 10:00:00", FIRST, "Hour"),
        said("2024-05-01 23:00:00", SECOND, "Hour"),
        said("2024-05-02 00:00:00", SECOND, "Hour"),
        said("Total", FIRST, "Hour"),
    ]
    found = report(tmp_path, ["Hour", *ENGLISH], *rows)
    assert (found.format, found.states) == ("shopify_report", {"fact": 3, "ignored": 1})
    assert amounts(found, "net_sales") == {date(2024, 5, 1): Decimal(39), date(2024, 5, 2): Decimal(10)}
    assert amounts(found, "orders") == {date(2024, 5, 1): Decimal(3), date(2024, 5, 2): Decimal(1)}


def test_a_day_with_a_bad_hour_has_no_total_and_the_other_days_have(tmp_path: Path) -> None:
    rows = [
        said("2024-05-01 10:00:00", FIRST, "Hour"),
        said("2024-05-01 11:00:00", FIRST.replace("50.00", "fifty"), "Hour"),
        said("2024-05-02 00:00:00", SECOND, "Hour"),
    ]
    found = report(tmp_path, ["Hour", *ENGLISH], *rows)
    assert found.states == {"fact": 1, "rejected": 2}
    assert found.rejects == [
        (2, "Hour", "2024-05-01 10:00:00", "another hour of this day was set aside, so the day has no total"),
        (3, "Gross sales", "fifty", "this is not an amount"),
    ]
    assert amounts(found, "net_sales") == {date(2024, 5, 2): Decimal(10)}


@pytest.mark.parametrize(
    ("by", "units", "days"),
    [
        ("Month", ("2024-05-01", "2024-06-01"), (date(2024, 5, 1), date(2024, 6, 1))),
        ("Month", ("2024-05", "2024-06"), (date(2024, 5, 1), date(2024, 6, 1))),
        ("Month", ("May 2024", "June 2024"), (date(2024, 5, 1), date(2024, 6, 1))),
        ("Week", ("2024-05-06", "2024-05-13"), (date(2024, 5, 6), date(2024, 5, 13))),
        ("Quarter", ("Q1 2024", "Q2 2024"), (date(2024, 1, 1), date(2024, 4, 1))),
        ("Year", ("2023", "2024"), (date(2023, 1, 1), date(2024, 1, 1))),
    ],
)
def test_a_period_stands_on_its_first_day_under_its_own_name(
    by: str, units: tuple[str, str], days: tuple[date, date], tmp_path: Path
) -> None:
    found = report(tmp_path, [by, *ENGLISH], said(units[0], FIRST, by), said(units[1], SECOND, by))
    assert (found.format, found.states) == ("shopify_period_report", {"fact": 2})
    assert amounts(found, f"{by.lower()}:net_sales") == dict(zip(days, (Decimal(29), Decimal(10)), strict=True))
    assert all(fact["metric"].startswith(f"{by.lower()}:") for fact in found.facts)


def test_a_report_by_order_keeps_each_order_on_its_day(tmp_path: Path) -> None:
    columns = ["Day", "Order name", *ENGLISH]
    rows = [said("2024-05-01", FIRST, Order_name="#1001"), said("2024-05-01", SECOND, Order_name="#1002")]
    found = report(tmp_path, columns, *rows, said("", FIRST))
    assert (found.format, found.states) == ("shopify_order_report", {"fact": 2, "ignored": 1})
    assert amounts(found, "order:net_sales:#1001") == {date(2024, 5, 1): Decimal(29)}
    assert amounts(found, "order:net_sales:#1002") == {date(2024, 5, 1): Decimal(10)}


def test_orders_without_a_day_stand_on_the_day_the_report_speaks_of(tmp_path: Path) -> None:
    found = report(tmp_path, ["Order name", *ENGLISH], said("#1001", FIRST, "Order name"))
    assert amounts(found, "order:total_sales:#1001") == {AS_OF: Decimal("38.3")}


def test_return_fees_and_additional_fees_are_one_of_ours(tmp_path: Path) -> None:
    row = said("2024-05-01", FIRST.replace(" 0.00 5.30", " 1.50 5.30"), Return_fees="5.00")
    found = report(tmp_path, ["Day", *ENGLISH, "Return fees"], row)
    assert amounts(found, "fees") == {date(2024, 5, 1): Decimal("6.5")}


@pytest.mark.parametrize("sign", ["-", ""])
def test_reversals_are_positive_however_printed_and_a_day_the_other_way_round_keeps_its_sign(
    sign: str, tmp_path: Path
) -> None:
    back = "-" if not sign else ""
    rows = [
        said("2024-05-01", FIRST.replace("-20.00", f"{sign}20.00")),
        said("2024-05-02", SECOND.replace("10.00 0.00 0.00", f"10.00 0.00 {back}5.00")),
    ]
    found = report(tmp_path, ["Day", *ENGLISH], *rows)
    assert amounts(found, "reversals") == {date(2024, 5, 1): Decimal(20), date(2024, 5, 2): Decimal(-5)}


@pytest.mark.parametrize(
    "header",
    [
        "Day Orders|Gross sales|Discounts|Sales reversals|Net sales|Shipping|Duties|Additional fees|Taxes|Total sales",
        "Tag Bestellungen|Bruttoumsatz|Rabatte|Rückgaben|Nettoumsatz|Versandgebühren|Duties|Additional fees|Steuern|Gesamtumsatz",
        "Jour Commandes|Ventes brutes|Réductions|Retours|Ventes nettes|Frais d'expédition|Duties|Additional fees|Taxes|Ventes totales",
        "Día Pedidos|Ventas brutas|Descuentos|Devoluciones|Ventas netas|Cargos de envío|Duties|Additional fees|Impuestos|Ventas totales",
    ],
)
def test_a_report_in_each_language_says_the_same(header: str, tmp_path: Path) -> None:
    day, names = header.split(" ", 1)
    columns = names.split("|")
    english = report(tmp_path, ["Day", *ENGLISH], said("2024-05-01", FIRST))
    row = {day: "2024-05-01"} | dict(zip(columns, FIRST.replace(".", ",").split(), strict=True))
    found = report(tmp_path, [day, *columns], row, delimiter=";", encoding="cp1252")
    assert found.facts == english.facts and len(found.facts) == 10


def test_columns_of_the_period_compared_with_are_not_taken(tmp_path: Path) -> None:
    columns = ["Day", *ENGLISH]
    before = {f"{name} (previous_period)": value for name, value in said("2023-05-01", SECOND).items()}
    found = report(tmp_path, [*columns, *before], said("2024-05-01", FIRST) | before)
    assert amounts(found, "net_sales") == {date(2024, 5, 1): Decimal(29)}


def test_a_day_in_two_currencies_is_two_totals(tmp_path: Path) -> None:
    rows = [said("2024-05-01", FIRST, Currency="EUR"), said("2024-05-01", SECOND, Currency="USD")]
    found = report(tmp_path, ["Day", *ENGLISH, "Currency"], *rows)
    assert found.states == {"fact": 2}
    assert sorted((f["currency"], f["amount"]) for f in found.facts if f["metric"] == "net_sales") == [
        ("EUR", Decimal(29)),
        ("USD", Decimal(10)),
    ]


def test_a_day_without_any_amount_is_ignored_not_a_total_of_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, ["Day", *ENGLISH], said("2024-05-01", FIRST), {"Day": "2024-05-02"})
    assert found.states == {"fact": 1, "ignored": 1}


@pytest.mark.usefixtures("emptied")
def test_totals_of_months_and_orders_are_kept_but_never_held_against_a_day(tmp_path: Path) -> None:
    columns = ["Day", "Order name", *ENGLISH]
    by_order = table(
        tmp_path / "orders.csv",
        columns,
        [said("2024-05-01", FIRST, Order_name="#1001"), said("Soon", FIRST, Order_name="#2")],
    )
    by_month = table(tmp_path / "months.csv", ["Month", *ENGLISH], [said("2024-05-01", FIRST, "Month")])
    by_day = table(tmp_path / "days.csv", ["Day", *ENGLISH], [said("2024-05-01", SECOND)])
    account = take(by_order)
    assert counts(account) == {"rows": 2, "loaded": 1, "rejected": 1}
    assert rejects(account) == [(3, "Order", "Soon", "this is not a day")]
    assert [counts(take(path)) for path in (by_month, by_day)] == [{"rows": 1, "loaded": 1}] * 2
    assert counts(take(by_order, as_of=date(2024, 7, 1))) == {"rows": 2, "unchanged": 1, "rejected": 1}
    assert rows_of("select count(*) from control_totals") == [(30,)]
    control = sales.control(Scope())
    assert not [metric for metric in control["metric"] if ":" in metric]
    assert list(control[control["metric"] == "net_sales"]["platform"]) == [Decimal(10)]
