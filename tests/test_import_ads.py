"""Reports of advertising platforms: what each prints around its rows, which days they stand for, and what is never counted twice."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics import db
from analytics.errors import Refused
from analytics.ingest.load import Options
from analytics.ingest.preview import preview
from analytics.undo import undo
from imported import AS_OF, counts, rejects, rows_of, take

pytestmark = pytest.mark.usefixtures("emptied")

GOOGLE = "Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions\n"
META = "Reporting starts,Reporting ends,Campaign name,Campaign ID,Day,Amount spent (EUR),Impressions,Link clicks\n"
SPENT = (
    "select level, coalesce(campaign_id, ''), campaign, coalesce(part, ''), first_day::text, last_day::text, currency, "
    "trim_scale(spend)::text from {table} where store_id = (select store_id from stores where name = 'Shop') "
    "order by first_day, last_day, level, campaign, campaign_id, part, spend"
)


def put(folder: Path, text: str, name: str = "report.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def brought(folder: Path, text: str, name: str = "report.csv", **said: Any) -> dict[str, Any]:
    """Import a report of a shop in euros; its account."""
    encoding = said.pop("encoding", "utf-8")
    return take(put(folder, text, name, encoding), currency="EUR", **said)


def spent(table: str = "ad_spend") -> list[tuple[Any, ...]]:
    return rows_of(SPENT.format(table=table))


def counted() -> list[str]:
    """What counts, as campaign, days and amount."""
    return [
        f"{campaign} {first[5:]}{'' if first == last else '…' + last[5:]} {amount}"
        for _, _, campaign, _, first, last, _, amount in spent("ad_spend_counted")
    ]


def numbers(column: str) -> list[str | None]:
    return [
        value
        for (value,) in rows_of(f"select trim_scale({column})::text from ad_spend order by first_day, campaign, part")  # noqa: S608
    ]


# --- Google


def test_google_in_utf_16_with_tabs_titles_and_totals_is_a_row_of_the_whole_range(tmp_path: Path) -> None:
    text = (
        "Campaign report\n27 January 2026 - 23 February 2026\n"
        "Campaign status\tCampaign\tBudget\tCurrency code\tClicks\tImpr.\tCost\tAvg. target CPA\tConv. value\tConversions\n"
        'Enabled\tTotal Wine\t"1,200.00"\tGBP\t"2,310"\t"31,193"\t"1,234.56"\t --\t"9,876.50"\t40.00\n'
        "Paused\tBrand\t5.00\tGBP\t3\t12\t0.00\t --\t0.00\t0.00\n"
        'Total: Campaigns\t --\t --\tGBP\t"2,313"\t"31,205"\t"1,234.56"\t --\t"9,876.50"\t40.00\n'
        'Total: Account\t --\t --\tGBP\t"2,313"\t"31,205"\t"1,234.56"\t --\t"9,876.50"\t40.00\n'
        "Total: Search\t --\t --\tGBP\t3\t12\t0.00\t --\t0.00\t0.00\n"
    )
    account = brought(tmp_path, text, encoding="utf-16")
    # two title lines are counted too
    assert counts(account) == {"rows": 7, "loaded": 2, "ignored": 5}
    assert spent() == [
        ("campaign", "", "Brand", "", "2026-01-27", "2026-02-23", "GBP", "0"),
        ("campaign", "", "Total Wine", "", "2026-01-27", "2026-02-23", "GBP", "1234.56"),
    ]
    assert numbers("impressions") == ["12", "31193"] and numbers("attributed_revenue") == ["0", "9876.5"]
    assert account["notices"][0].startswith("2 rows for more than a day (2026-01-27 to 2026-02-23), kept")
    assert account["notices"][1] == "3 rows of totals left out: their campaigns stand beside them."
    assert account["currency"] == "GBP" and rows_of("select currency from stores") == [(None,)]
    assert (account["start"].isoformat(), account["stop"].isoformat()) == ("2026-01-27", "2026-02-24")


RANGES = [
    ("July 8, 2025 - July 31, 2025", "2025-07-08", "2025-07-31"),
    ("8. Juli 2025 – 31. Juli 2025", "2025-07-08", "2025-07-31"),
    ("8 juil. 2025 - 31 juil. 2025", "2025-07-08", "2025-07-31"),
    ("8 de julio de 2025 - 31 de julio de 2025", "2025-07-08", "2025-07-31"),
    ("8 luglio 2025 - 31 luglio 2025", "2025-07-08", "2025-07-31"),
    ("du 8 juillet 2025 au 31 juillet 2025", "2025-07-08", "2025-07-31"),
    ("8/7/2025 - 31/7/2025", "2025-07-08", "2025-07-31"),
    ("7/8/2025 - 7/31/2025", "2025-07-08", "2025-07-31"),
    ("2025-07-08 - 2025-07-31", "2025-07-08", "2025-07-31"),
    ("Jul 8 - Jul 31, 2025", "2025-07-08", "2025-07-31"),
    ("July 8, 2025", "2025-07-08", "2025-07-08"),
    ("July 8, 2025 - July 31, 2025 compared to July 8, 2024 - July 31, 2024", "2025-07-08", "2025-07-31"),
]


def test_the_range_above_a_report_is_read_in_every_spelling() -> None:
    with duckdb.connect() as duck:
        for script in ("macros", "ad_days"):
            duck.execute(db.script(f"ingest/{script}.sql"))
        for line, first, last in RANGES:
            said = {"lines": ["Campaign report", line], "currency": None, "attribution": None, "source": "google_ads"}
            duck.execute(db.script("ingest/ad_file.sql"), said)
            assert duck.sql("select cast(span as varchar) from ad_file").fetchall() == [(f"[{first}, {last}]",)], line


@pytest.mark.parametrize("line", ["All time", "Gesamtzeitraum", "01/02/2026 - 03/02/2026"])
def test_a_report_that_does_not_say_its_days_is_refused_asking_for_them(line: str, tmp_path: Path) -> None:
    text = f"Campaign report\n{line}\nCampaign,Currency code,Clicks,Cost\nBrand,INR,5,7.25\n"
    with pytest.raises(
        Refused, match=r"does not say of which days it is \(it says “.*”\)\. Export it again by day: Campaigns"
    ):
        brought(tmp_path, text)
    assert spent() == []


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Tag,Kampagne,Währungscode,Kosten,Impr.,Klicks,Conversions",
            '2026-01-05,Marke,EUR,"1.234,50","2.000",5,"1,00"',
        ),
        ("Jour;Campagne;Code de la devise;Coût;Impr.;Clics;Conversions", "2026-01-05;Marke;EUR;1234,50;2000;5;1,00"),
        ("Día,Campaña,Código de moneda,Coste,Impr.,Clics,Conversiones", '2026-01-05,Marke,EUR,"1234,50",2000,5,"1,00"'),
        ("Giorno,Campagna,Codice valuta,Costo,Impr.,Clic,Conversioni", '2026-01-05,Marke,EUR,"1234,50",2000,5,"1,00"'),
    ],
)
def test_google_in_other_languages_and_with_decimal_commas(header: str, row: str, tmp_path: Path) -> None:
    total = {"Tag": "Gesamt: Konto", "Jour": "Total : compte", "Día": "Total: cuenta", "Giorno": "Totale: account"}
    mark = ";" if ";" in header else ","
    last = mark.join([total[header.split(mark)[0]], " --", "EUR", "99,5" if mark == ";" else '"99,5"', "1", "1", "1"])
    account = brought(tmp_path, f"Bericht\n1. Januar 2026 - 31. Januar 2026\n{header}\n{row}\n{last}\n")
    assert counts(account) == {"rows": 4, "loaded": 1, "ignored": 3}
    assert spent() == [("campaign", "", "Marke", "", "2026-01-05", "2026-01-05", "EUR", "1234.5")]
    assert (numbers("impressions"), numbers("clicks"), numbers("conversions")) == (["2000"], ["5"], ["1"])


def test_weeks_and_months_of_google_are_spans_that_end_where_the_report_ends(tmp_path: Path) -> None:
    title = "Campaign report\nJanuary 7, 2026 - February 10, 2026\n"
    brought(
        tmp_path,
        f"{title}Week,Campaign,Currency code,Cost,Clicks\n2026-01-05,A,EUR,5,1\n2026-01-12,A,EUR,6,1\n",
        "weeks.csv",
    )
    brought(
        tmp_path,
        f"{title}Month,Campaign,Currency code,Cost,Clicks\nJanuary 2026,B,EUR,7,1\n2026-02-01,B,EUR,8,1\n",
        "months.csv",
    )
    assert [row[2] + row[4] + row[5] for row in spent()] == [
        "A2026-01-072026-01-11",
        "B2026-01-072026-01-31",
        "A2026-01-122026-01-18",
        "B2026-02-012026-02-10",
    ]


def test_a_time_series_is_the_whole_account_until_campaigns_tell_its_days(tmp_path: Path) -> None:
    series = "Date,Clicks,Impressions,Avg. CPC,Cost\n2026-01-05,10,200,0.50,5.00\n2026-01-06,12,210,0.50,6.00\n"
    account = brought(tmp_path, series, "series.csv")
    assert counts(account) == {"rows": 2, "loaded": 2}
    assert "The file does not say its currency: its amounts are taken as EUR." in account["notices"]
    assert counted() == ["All campaigns 01-05 5", "All campaigns 01-06 6"]
    later = brought(tmp_path, GOOGLE + "2026-01-05,Brand,7,EUR,4.50,1,1,0\n", "campaigns.csv")
    assert later["notices"] == ["1 row of another file is no longer counted: campaigns tell the same days."]
    assert counted() == ["Brand 01-05 4.5", "All campaigns 01-06 6"]
    undo(later["import_id"])
    assert counted() == ["All campaigns 01-05 5", "All campaigns 01-06 6"]


def test_search_terms_are_kept_and_never_counted(tmp_path: Path) -> None:
    text = (
        "Search terms report\n1 January 2026 - 31 January 2026\n"
        "Search term,Match type,Added/Excluded,Clicks,Impr.,CTR,Currency code,Avg. CPC,Cost\n"
        'jeans,Exact match,None,"1,204",10,< 10%,USD,0.5,602.00\njeans,Broad match,None,2,10,5%,USD,0.5,1.00\n'
        "Total: Search terms,,,1206,20,5%,USD,0.5,603.00\nTotal: Account,,,1300,50,5%,USD,0.5,650.00\n"
    )
    account = brought(tmp_path, text)
    assert counts(account) == {"rows": 6, "loaded": 2, "ignored": 4}
    assert [(level, part, amount) for level, _, _, part, _, _, _, amount in spent()] == [
        ("search_term", "jeans", "1"),
        ("search_term", "jeans", "602"),
    ]
    assert spent("ad_spend_counted") == []
    assert any(notice.startswith("Search terms are a part of their campaigns") for notice in account["notices"])


# --- Meta


def test_metas_total_goes_wherever_it_stands_and_campaigns_of_one_name_are_told_by_their_ids(tmp_path: Path) -> None:
    total = "2026-01-01,2026-01-31,,,,30.00,300,30\n"
    rows = (
        "2026-01-05,2026-01-05,Sale,11,2026-01-05,10.00,100,10\n2026-01-05,2026-01-05,Sale,12,2026-01-05,20.00,200,\n"
    )
    first = brought(tmp_path, META + total + rows, "first.csv")
    assert counts(first) == {"rows": 3, "loaded": 2, "ignored": 1}
    assert counts(brought(tmp_path, META + rows + total, "last.csv")) == {"rows": 3, "unchanged": 2, "ignored": 1}
    assert spent() == [
        ("campaign", "11", "Sale", "", "2026-01-05", "2026-01-05", "EUR", "10"),
        ("campaign", "12", "Sale", "", "2026-01-05", "2026-01-05", "EUR", "20"),
    ]


def test_campaigns_of_one_name_without_ids_are_added_and_give_way_to_those_with_ids(tmp_path: Path) -> None:
    text = "Reporting starts,Reporting ends,Campaign name,Amount spent (IDR),Impressions\n"
    rows = "2026-01-05,2026-01-05,Sale,1250,10\n2026-01-05,2026-01-05,Sale,1250,10\n2026-01-06,2026-01-06,Sale,4,1\n"
    account = brought(tmp_path, text + "2026-01-05,2026-01-06,,2504,21\n" + rows, "names.csv")
    assert counts(account) == {"rows": 4, "loaded": 3, "ignored": 1}
    assert [row[-2:] for row in spent()] == [("IDR", "2500"), ("IDR", "4")]
    assert any(notice.startswith("1 row with the campaign and days of another row") for notice in account["notices"])
    brought(tmp_path, META + "2026-01-05,2026-01-05,Sale,11,2026-01-05,10.00,100,10\n", "ids.csv")
    assert counted() == ["Sale 01-05 10", "Sale 01-06 4"]


def test_an_empty_report_of_meta_loads_nothing_and_says_so(tmp_path: Path) -> None:
    header = (
        "Reporting starts,Reporting ends,Campaign name,Campaign delivery,Ad set budget,Attribution setting,Results,Reach,"
        "Impressions,Amount spent (USD),Ends\n"
    )
    account = brought(tmp_path, header + "No data available.,,,,,,,,,,\n")
    assert counts(account) == {"rows": 1, "ignored": 1} and account["status"] == "unchanged"
    (said,) = account["notices"]
    assert said.startswith("This export holds no spend of any campaign, so nothing was loaded.")


@pytest.mark.parametrize(
    "header",
    [
        "Inicio del informe,Fin del informe,Día,Nombre de la campaña,Identificador de la campaña,Importe gastado (PEN)",
        "Auswertungsstart,Auswertungsende,Tag,Kampagnenname,Kampagnen-ID,Ausgegebener Betrag (PEN)",
        "Début des rapports,Fin des rapports,Jour,Nom de la campagne,ID de campagne,Montant dépensé (PEN)",
    ],
)
def test_meta_in_other_languages_has_its_currency_in_the_header_and_its_days(header: str, tmp_path: Path) -> None:
    account = brought(tmp_path, header + '\n2026-01-01,2026-01-31,2026-01-05,Oferta,="254927681919372",12.34\n')
    assert counts(account) == {"rows": 1, "loaded": 1}
    assert spent() == [("campaign", "254927681919372", "Oferta", "", "2026-01-05", "2026-01-05", "PEN", "12.34")]


def test_ads_of_meta_without_a_campaign_claim_roas_times_spend_and_reach_is_not_read(tmp_path: Path) -> None:
    text = (
        "Reporting starts,Reporting ends,Ad name,Ad delivery,Amount spent (USD),Impressions,Reach,Purchases,Attribution setting,"
        "Ad set name,Purchase ROAS (return on ad spend)\n"
        "2026-01-01,2026-01-31,,,40.00,500,300,3,,,1.5\n"
        "2026-01-01,2026-01-31,Film,active,30.00,400,300,3,7-day click or 1-day view,Cold,2.5\n"
        "2026-01-01,2026-01-31,Photo,active,10.00,100,90,,7-day click or 1-day view,Cold,\n"
        "2026-01-01,2026-01-31,Old,inactive,,,,,,Cold,\n"
    )
    account = brought(tmp_path, text)
    assert counts(account) == {"rows": 4, "loaded": 2, "ignored": 2}
    assert [(row[0], row[2], row[3], row[7]) for row in spent()] == [
        ("ad", "Campaign not told", "Cold › Film", "30"),
        ("ad", "Campaign not told", "Cold › Photo", "10"),
    ]
    assert numbers("attributed_revenue") == ["75", "0"] and numbers("conversions") == ["3", "0"]
    assert rows_of("select distinct attribution from ad_spend") == [("7-day click or 1-day view",)]


def test_a_breakdown_of_meta_is_added_up_without_the_campaigns_own_line(tmp_path: Path) -> None:
    text = (
        "Campaign name,Campaign ID,Age,Reporting starts,Reporting ends,Amount spent (EUR),Impressions\n"
        "Sale,11,,2026-01-05,2026-01-05,9.00,30\nSale,11,18-24,2026-01-05,2026-01-05,4.50,15\n"
        "Sale,11,25-34,2026-01-05,2026-01-05,4.50,15\nSale,11,25-34,2026-01-05,2026-01-05,4.50,15\n"
    )
    # one age told twice is one age
    assert counts(brought(tmp_path, text)) == {"rows": 4, "loaded": 2, "duplicate": 1, "ignored": 1}
    assert [row[-1] for row in spent()] == ["9"]


# --- Amazon, Microsoft, TikTok


def test_amazons_older_reports_claim_within_the_days_that_their_headers_name(tmp_path: Path) -> None:
    text = (
        "Start Date,End Date,Portfolio name,Currency,Campaign Name,Retailer,Country,Status,Impressions,Clicks,Spend,"
        "7 Day Total Orders (#),7 Day Total Sales \n"
        '"Jan 01, 2026","Jan 31, 2026",,USD,Mugs,Amazon,US,Enabled,"1,000",50,$25.10,4,"$1,212.50"\n'
    )
    assert counts(brought(tmp_path, text)) == {"rows": 1, "loaded": 1}
    assert spent() == [("campaign", "", "Mugs", "", "2026-01-01", "2026-01-31", "USD", "25.1")]
    assert rows_of("select trim_scale(attributed_revenue)::text, attribution, platform from ad_spend") == [
        ("1212.5", "7 days", "amazon")
    ]
    terms = text.replace("Status", "Customer Search Term").replace("Enabled", "mug")
    account = brought(tmp_path, terms.replace("7 Day", "14 Day"), "terms.csv")
    assert counts(account) == {"rows": 1, "loaded": 1}
    assert [row[0] for row in spent("ad_spend_counted")] == ["campaign"]
    assert rows_of("select attribution from ad_spend where level = 'search_term'") == [("14 days",)]


def test_amazons_console_tells_products_by_a_range_in_one_column(tmp_path: Path) -> None:
    text = (
        "Budget currency,Date range,Campaign ID,Campaign name,Ad group ID,Ad group name,Advertised product SKU,Impressions,Clicks,"
        "Total cost,Purchases,Sales\n"
        'EUR,"Jan 1, 2026 - Jan 31, 2026","=""254927681919372""",Mugs,9,All,MUG-1,100,5,2.50,1,15.00\n'
        'EUR,"Jan 1, 2026 - Jan 31, 2026","=""254927681919372""",Mugs,9,All,MUG-2,100,5,3.50,1,15.00\n'
    )
    assert counts(brought(tmp_path, text)) == {"rows": 2, "loaded": 2}
    assert rows_of(
        "select level, campaign_id, sku, first_day::text, last_day::text, spend::float from ad_spend_counted order by sku"
    ) == [
        ("product", "254927681919372", "MUG-1", "2026-01-01", "2026-01-31", 2.5),
        ("product", "254927681919372", "MUG-2", "2026-01-01", "2026-01-31", 3.5),
    ]


@pytest.mark.parametrize(
    ("grain", "when", "last"),
    [("Daily", "1/5/2026", "2026-01-05"), ("Weekly", "1/5/2026", "2026-01-11"), ("Summary", None, "2026-01-31")],
)
def test_microsofts_lines_above_and_below_the_rows_are_no_rows(
    grain: str, when: str | None, last: str, tmp_path: Path
) -> None:
    above = (
        '"Report Name: Campaigns"\n"Report Time: 1/1/2026 - 1/31/2026"\n"Time Zone: (GMT+01:00) Berlin"\n'
        f'"Last Completed Available Day: 2/1/2026 11:59:00 PM (GMT)"\n"Report Aggregation: {grain}"\n"Report Filter: "\n"Rows: 1"\n\n'
    )
    extra = ("Time period,", f'"{when}",', '"1/13/2026",') if when else ("", "", "")
    text = (
        f'{above}"CampaignId","CampaignName",{extra[0]}"Spend","Clicks","Impressions","Conversions","Revenue"\n'
        f'"7","Brand",{extra[1]}"1,005.50","10","2,000","2","80"\n"8","Total Wine",{extra[2]}"4","1","2","0","0"\n'
        f'"Total","",{"," if when else ""}"1,009.50","11","2,002","2","80"\n"©2026 Microsoft Corporation. All rights reserved. "\n'
    )
    account = brought(tmp_path, text, encoding="utf-8-sig")
    assert (account["loaded"], account["rejected"]) == (2, 0)
    first = "2026-01-05" if when else "2026-01-01"
    assert spent()[0] == ("campaign", "7", "Brand", "", first, last, "EUR", "1005.5")


def test_tiktok_counts_its_rows_in_a_total_and_hides_small_numbers(tmp_path: Path) -> None:
    text = (
        "Campaign name,By Day,Currency,Cost,CPM,Impressions,Clicks (destination),Conversions,Reach\n"
        "Summer,2026-01-05,USD,12.50,4,3125,40,<5,3000\nTotal of all,2026-01-05,USD,1.00,4,<5,1,-,2\n"
        "Total of 2 results,-,USD,13.50,4,3126,41,2,3001\n"
    )
    account = brought(tmp_path, text)
    assert counts(account) == {"rows": 3, "loaded": 2, "ignored": 1}
    assert numbers("impressions") == ["3125", None] and numbers("conversions") == [None, None]
    assert any("unknown, not 0" in notice for notice in account["notices"])
    with pytest.raises(
        Refused, match=r"TikTok Ads report does not say of which days it is\. Export it again by day: Reporting"
    ):
        brought(tmp_path, "Campaign name,Currency,Cost,Impressions\nSummer,USD,1,2\n", "summary.csv")


# --- tables of one's own, and what cannot be used


def test_a_table_of_ones_own_names_any_platform(tmp_path: Path) -> None:
    text = (
        "Day,Platform,Campaign,Spend,Revenue,Last day\n2026-01-05,Facebook,Sale,5.00,,\n2026-01-05,Pinterest,,6.00,20,\n"
        "2026-01-01,Radio Nord,,600,,2026-01-31\n"
    )
    assert counts(brought(tmp_path, text)) == {"rows": 3, "loaded": 3}
    assert rows_of(
        "select platform, account, level, first_day::text, last_day::text, spend::float, attributed_revenue::float "
        "from ad_spend_counted order by spend"
    ) == [
        ("meta", None, "campaign", "2026-01-05", "2026-01-05", 5, None),
        ("other", "Pinterest", "account", "2026-01-05", "2026-01-05", 6, 20),
        ("other", "Radio Nord", "account", "2026-01-01", "2026-01-31", 600, None),
    ]


def test_what_cannot_be_used_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    text = GOOGLE + (
        "2026-01-05,,,EUR,5.00,1,1,0\n2026-01-32,Brand,,EUR,5.00,1,1,0\n2026-01-05,Brand,,EUR,,10,1,0\n"
        "2026-01-05,Brand,,EUR,-3,10,1,0\n2026-01-05,Brand,,EUR,lots,10,1,0\n2026-01-05,Brand,,Euro,5,10,1,0\n"
        "2026-01-05,Brand,,EUR,5.00,many,1,0\n2026-01-05,Sale,1.20214E+17,EUR,5.00,1,1,0\n2026-01-05,Sale,,USD,5.00,1,1,0\n"
        "2026-01-05,Idle,,EUR,,0,0,0\n"
    )
    account = brought(tmp_path, text)
    assert counts(account) == {"rows": 10, "loaded": 1, "rejected": 8, "ignored": 1}
    assert rejects(account) == [
        (2, "campaign", None, "the campaign is missing"),
        (3, "day", "2026-01-32", "this is not a day, nor a span of days that can be read in one way only"),
        (4, "spend", None, "the amount is missing: unknown is not 0"),
        (5, "spend", "-3", "spend cannot be below 0"),
        (6, "spend", "lots", "this is not an amount"),
        (7, "currency", "EURO", "this is not a three-letter currency"),
        (8, "impressions", "many", "this is not a number"),
        (10, "currency", "USD", "another row of this campaign and day is in EUR"),
    ]
    assert any(
        notice.startswith("1 row with a campaign id that a spreadsheet has rounded") for notice in account["notices"]
    )


def test_the_preview_says_in_which_currency_amounts_are_taken(tmp_path: Path) -> None:
    path = put(tmp_path, "Day,Campaign,Cost,Clicks\n2026-01-05,Brand,5.00,1\n")
    assert preview(path, Options(store="Shop", as_of=AS_OF)).questions == ["currency"]
    seen = preview(path, Options(store="Shop", as_of=AS_OF, currency="CHF"))
    assert (seen.format, seen.questions, seen.currency) == ("google_ads", [], "CHF")
    assert seen.notices == ["The file does not say its currency: its amounts are taken as CHF."]
    assert spent() == []


# --- what counts


def test_the_newest_export_of_a_row_wins_and_undo_gives_the_older_back(tmp_path: Path) -> None:
    brought(tmp_path, GOOGLE + "2026-01-05,Brand,7,EUR,4.50,1,1,0\n", "first.csv", as_of=AS_OF.replace(day=1))
    later = brought(tmp_path, GOOGLE + "2026-01-05,Brand,7,EUR,4.70,1,1,0\n", "later.csv", as_of=AS_OF.replace(day=9))
    assert counts(later) == {"rows": 1, "updated": 1} and counted() == ["Brand 01-05 4.7"]
    older = brought(tmp_path, GOOGLE + "2026-01-05,Brand,7,EUR,4.10,1,1,0\n", "older.csv", as_of=AS_OF.replace(day=5))
    assert counts(older) == {"rows": 1, "unchanged": 1} and counted() == ["Brand 01-05 4.7"]
    undo(later["import_id"])
    assert counted() == ["Brand 01-05 4.1"]


def test_a_span_is_left_out_whole_where_days_tell_of_it_and_returns_with_their_undo(tmp_path: Path) -> None:
    span = "Campaign report\nJanuary 1, 2026 - January 31, 2026\nCampaign,Currency code,Cost,Clicks\nBrand,EUR,100,1\nOther,EUR,50,1\n"
    brought(tmp_path, span, "span.csv")
    days = brought(tmp_path, GOOGLE + "2026-01-31,Brand,7,EUR,4.50,1,1,0\n2026-02-01,Other,8,EUR,1,1,1,0\n", "days.csv")
    assert days["notices"] == [
        "1 row of another file is no longer counted: rows of single days tell more of the same campaign."
    ]
    assert counted() == ["Other 01-01…01-31 50", "Brand 01-31 4.5", "Other 02-01 1"]
    again = brought(tmp_path, span.replace("100", "90"), "again.csv", as_of=AS_OF.replace(day=30))
    assert "1 row of this file is not counted: rows of single days tell more of the same campaign." in again["notices"]
    undo(days["import_id"])
    assert counted() == ["Brand 01-01…01-31 90", "Other 01-01…01-31 50"]


def test_of_spans_that_overlap_the_later_exports_counts_and_those_beside_it_stay(tmp_path: Path) -> None:
    title = "Campaign report\n{} - {}\nCampaign,Currency code,Cost,Clicks\nBrand,EUR,{},1\n"
    spans = [("2026-01-01", "2026-01-30", 10), ("2026-01-20", "2026-02-18", 20), ("2026-02-10", "2026-03-11", 30)]
    taken = [
        brought(tmp_path, title.format(*span), f"{at}.csv", as_of=AS_OF.replace(day=at + 1))
        for at, span in enumerate(spans)
    ]
    # the newest goes first; the one before it overlaps it; the first one does not
    assert counted() == ["Brand 01-01…01-30 10", "Brand 02-10…03-11 30"]
    undo(taken[2]["import_id"])
    assert counted() == ["Brand 01-20…02-18 20"]


def test_of_a_campaigns_day_one_level_counts_the_highest(tmp_path: Path) -> None:
    header = "Day,Campaign,Ad group,{}Currency code,Cost,Clicks\n"
    brought(
        tmp_path,
        header.format("Item ID,") + "2026-01-05,Brand,A,MUG,EUR,1,1\n2026-01-06,Brand,A,MUG,EUR,1.5,1\n",
        "products.csv",
    )
    brought(
        tmp_path, header.format("Ad ID,") + "2026-01-05,Brand,A,5,EUR,2,1\n2026-01-05,Brand,A,6,EUR,2.5,1\n", "ads.csv"
    )
    assert counted() == ["Brand 01-05 2", "Brand 01-05 2.5", "Brand 01-06 1.5"]
    brought(tmp_path, header.format("") + "2026-01-05,Brand,A,EUR,3,1\n2026-01-05,Brand,B,EUR,4,1\n", "groups.csv")
    assert counted() == ["Brand 01-05 3", "Brand 01-05 4", "Brand 01-06 1.5"]
    last = brought(tmp_path, GOOGLE + "2026-01-05,Brand,7,EUR,8,1,1,0\n", "campaigns.csv")
    assert last["notices"] == [
        "2 rows of other files are no longer counted: a row of the whole campaign tells the same day."
    ]
    assert counted() == ["Brand 01-05 8", "Brand 01-06 1.5"]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    text = GOOGLE + "2026-01-05,Brand,7,EUR,4.50,1,1,0\n"
    brought(tmp_path, text)
    assert counts(brought(tmp_path, text)) == {"rows": 1, "unchanged": 1}
    assert counts(brought(tmp_path, text + "\n", "copy.csv")) == {"rows": 1, "unchanged": 1}
    assert counted() == ["Brand 01-05 4.5"]
