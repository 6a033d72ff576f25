"""Two shops side by side whose words have nothing in common: all of the second's are zebras, and its money is its own.

Each has one of everything that can be imported as a table of its own, and of everything that is edited on pages. Both sold, in March
2026 and a year before, mugs for 20 to buyers in Germany or Sweden, of whom some sent them back.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import channels, db, events, settings, stores, targets
from analytics.channels import Rule
from analytics.forecasts import marks, overrides
from analytics.profit import cost_rules
from analytics.returns import settings as return_settings
from analytics.returns import words
from analytics.stock import settings as stock_settings
from imported import take

MINE, THEIRS = "Clay shop", "Zebra shop"
ZEBRA = "zebra"
LAST_DAY = date(2026, 3, 22)
FIRST_DAYS = (date(2025, 3, 3), date(2026, 1, 5))
TABLES = {
    "products.csv": """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
clay-mug,Clay mug,Clay works,Clay things,Size,Clay S,CLAY-1,{price}.00,8.00
clay-mug,,,,,Clay M,CLAY-2,{price}.00,8.00
""",
    "counts.csv": "SKU,Title,Location,On hand,Committed,Date\n"
    + "".join(f"CLAY-{n},Clay mug,Clay house,{n * 9},1,2026-03-{day}\n" for n in (1, 2) for day in ("01", "20")),
    "suppliers.csv": "Supplier,SKU,Lead time\nClay pits,CLAY-1,20\nClay pits,CLAY-2,20\n",
    "bundles.csv": "Bundle SKU,Component SKU,Units\nCLAY-BOX,CLAY-1,2\n",
    "returns.csv": "Order,SKU,Quantity,Amount,Currency,Returned at,Restocked,Reason,Comment\n"
    "clay-2025-03-03,CLAY-1,1,{price}.00,{currency},2025-03-20,yes,clay cracked,clay all over\n"
    "clay-2026-01-05,CLAY-1,1,{price}.00,{currency},2026-01-20,no,clay cracked,clay all over\n",
    "purchase_orders.csv": "Purchase order,Supplier,Status,Ordered on,Expected on,SKU,Units,Unit cost,Currency,Location\n"
    "PO,Clay pits,sent,2026-03-10,2026-04-10,CLAY-1,40,8.00,{currency},Clay house\n",
    "ads.csv": "Platform,Campaign,Date,Currency,Spend,Impressions,Clicks,Conversions,Revenue\n"
    + "".join(f"google,Clay mug ads,2026-03-0{day},{{currency}},5.00,100,10,1,20.00\n" for day in range(1, 8)),
}

# The tables of stores' data with the kinds of their columns, those that others point to first.
COLUMNS = """
select c.table_name, json_object_agg(c.column_name, c.udt_name) filter (
    where c.is_generated = 'NEVER' and (c.is_identity = 'NO' or c.table_name = 'forecast_runs')
)
from information_schema.columns as c
inner join information_schema.tables as t using (table_schema, table_name)
where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not in ('audit_log', 'stores')
group by c.table_name
having bool_or(c.column_name = 'store_id') or c.table_name = 'import_rejects'
order by c.table_name <> 'forecast_runs', c.table_name
"""
VALUES = {
    "date": "2026-03-05", "timestamptz": "2026-03-05", "timestamp": "2026-03-05", "bool": False, "jsonb": {}, "_text": ["x"],
    **dict.fromkeys(("int2", "int4", "int8", "numeric", "float8"), 1), "_float8": [1.5],
}  # fmt: skip
# What may not be anything, by column and by table.
SAID = {"run_id": 900, "measure": "units", "level": "store", "grain": "week"}
KNOWN: dict[str, dict[str, Any]] = {
    "forecast_runs": {"status": "done", "finished_at": "2026-03-05"},
    "replenishment_policies": {"class": "", "sku": "", "method": None, "service_kind": None, "service_level": 0.9},
    "product_siblings": {"sibling_key": "other"},
    "purchase_receipts": {"order_no": "PO", "line_no": 1},
    "transactions": {"kind": "refund"},
    "control_totals": {"source": "shopify_report", "metric": "gross_sales", "day": "2024-01-01"},
    "share_links": {"expires_at": "2099-01-01"},
    "campaign_products": {"kind": "product"},
}


def bring(folder: Path) -> None:
    """Import both into the database that stands empty, and edit what is edited."""
    with db.transaction() as cursor:
        for name in (MINE, THEIRS):
            stores.claim(cursor, name)
    for store, word, currency, price in ((MINE, "clay", "EUR", 20), (THEIRS, ZEBRA, "SEK", 333)):
        tables = {"lines.csv": _lines(), **TABLES}
        for name, text in tables.items():
            path = folder / f"{word}-{name}"
            said = text.replace("{currency}", currency).replace("{price}", str(price))
            for form in (str.lower, str.upper, str.title):
                said = said.replace(form("clay"), form(word))
            path.write_text(said, encoding="utf-8")
            take(path, store=store, as_of=LAST_DAY, currency=currency)
        _edit(stores.find(store), word, currency)
    with db.transaction() as cursor:
        for word, store in (("clay", MINE), (ZEBRA, THEIRS)):
            _fill(cursor, stores.find(store), word)
        # nothing is told apart by numbers of versions alone
        cursor.execute("update stores set data_version = 1000")


def _lines() -> str:
    rows = ["Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Channel,Country,Customer,Discount code"]
    for first in FIRST_DAYS:
        for at in range(11 * 7):
            day = first + timedelta(days=at)
            if day <= LAST_DAY:
                rows.append(
                    f"clay-{day},{day} 10:00,CLAY-{1 + at % 2},Clay mug,{1 + at % 3},{{price}}.00,0,{{currency}},Clay channel,"
                    f"DE,clay-{at % 9}@example.com,CLAYCODE"
                )
    return "\n".join([*rows, ""])


def _edit(store: int, word: str, currency: str) -> None:
    channels.save(store, [Rule("tag", f"{word} tag", f"{word} rule")])
    events.save(
        store, [], [{"event_id": None, "starts_on": date(2026, 3, 4), "ends_on": date(2026, 3, 5), "kind": "promotion",
                     "title": f"{word} sale", "note": word}],
    )  # fmt: skip
    targets.save(store, [{"month": date(2026, 3, 1), "metric": "net_sales", "currency": currency, "amount": 5000}])
    settings.save(store, settings.Settings(7, 4, ("SE",) if word == ZEBRA else ("DE",)))
    stock_settings.save(store, stock_settings.of(store))
    return_settings.save(store, return_settings.ReturnSettings(outbound_label=Decimal(4)))
    words.save(store, [words.Meaning("reason", f"{word} cracked", "damaged")])
    cost_rules.add(store, {"cost_kind": "label", "per_order": Decimal("4.9"), "currency": currency})
    mark = {"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 3), "reason": f"{word} fair", "marked_by": word}
    marks.mark(store, mark)
    week = {"first_day": date(2026, 3, 30), "last_day": date(2026, 4, 5), "reason": f"{word} show", "made_by": word}
    overrides.save(store, week | {"measure": "units", "level": "store", "kind": "percent", "value": 10})


def _fill(cursor: Cursor, store: int, word: str) -> None:
    """A row of anything in each table of stores' data that has none of that store."""
    cursor.execute("select min(import_id) from imports where store_id = %s", (store,))
    keys = {"store_id": store, "import_id": cursor.fetchone()[0]}  # type: ignore[index]
    cursor.execute(COLUMNS)
    for table, columns in cursor.fetchall():
        key = "store_id" if "store_id" in columns else "import_id"
        cursor.execute(f"select count(*) from {table} where {key} = %s", (keys[key],))  # noqa: S608
        if cursor.fetchone() != (0,):
            continue
        row = (
            {name: SAID.get(name, VALUES.get(kind, word)) for name, kind in columns.items()}
            | KNOWN.get(table, {})
            | {key: keys[key]}
        )
        names = ", ".join(row)
        values = f"select {names} from jsonb_populate_record(null::{table}, %s)"  # noqa: S608
        cursor.execute(f"insert into {table} ({names}) overriding system value {values}", (json.dumps(row),))


def names_zebras(found: pd.DataFrame) -> bool:
    """Whether a word of the second shop's stands anywhere in a table."""
    text = found.to_csv(index=False).lower()
    return ZEBRA in text or "sek" in text.split(",")
