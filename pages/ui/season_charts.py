"""Charts of seasons: indices in their bands, days and categories as fields, uplifts, seasons over the year, launches."""

from typing import Any

import pandas as pd

from analytics import wording
from pages.ui import charts, line_names, shades
from pages.ui.slice_charts import PALETTE, SHADES

NAMES = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False}
MONTHS = "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec']"
# The week of the year in which each month begins, which an axis of weeks names by it.
MONTH_WEEKS = [1, 5, 9, 14, 18, 22, 27, 31, 35, 40, 44, 48]
OF_WEEK = f"{MONTHS}[indexof({MONTH_WEEKS}, datum.value)]"
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PHASES = {"before": charts.BEFORE, "during": charts.NOW, "after": PALETTE[1]}
LINES = [("this year", charts.NOW), ("a year before", charts.BEFORE)]
COVERS = {"left of stock": charts.NOW, "on its way": PALETTE[5], "missing": charts.DOWN}


def floats(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, Any]:
    """Columns as the browser takes them."""
    return {name: pd.to_numeric(frame[name]).astype(float) for name in names}


def index(frame: pd.DataFrame, grain: str) -> None:
    """The index by month or week in the bands of its 80 % and 95 % intervals; the dashed line is the mean of the year."""
    names = ("season_index", "index_low_80", "index_high_80", "index_low_95", "index_high_95")
    shown = frame[["period", "period_name"]].assign(**floats(frame, names)).reset_index(drop=True)
    x = {"field": "period", "type": "quantitative", "scale": {"nice": False}}
    axis = {"title": None, "grid": False, "labelAngle": 0, "tickMinStep": 1}
    told = f"{MONTHS}[datum.value - 1]" if grain == "month" else "'week ' + datum.value"
    x["axis"] = axis | {"labelExpr": told, "tickCount": 12}
    y = {
        "field": "season_index",
        "type": "quantitative",
        "axis": charts.axis("Index, 1 is the mean", ".2~f"),
        "scale": {"zero": True},
    }
    hover = [charts.tip("period_name", "When", "nominal"), charts.tip("season_index", "Index", "quantitative")]
    for name, title in zip(
        names[1:], ("At least (80 %)", "At most (80 %)", "At least (95 %)", "At most (95 %)"), strict=True
    ):
        hover.append(charts.tip(name, title, "quantitative"))
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": charts.BEFORE, "strokeDash": [5, 4]}, "encoding": {"y": {"datum": 1}}}
    ]
    for low, high, opacity in (("index_low_95", "index_high_95", 0.1), ("index_low_80", "index_high_80", 0.2)):
        band = {"x": x, "y": y | {"field": low}, "y2": {"field": high}}
        layers.append(
            {"mark": {"type": "area", "color": charts.NOW, "opacity": opacity, "clip": True}, "encoding": band}
        )
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 2, "point": {"size": 40, "color": charts.NOW}}
    layers.append({"mark": line, "encoding": {"x": x, "y": y, "tooltip": hover}})
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, "Seasonal index over the year")


def fields(frame: pd.DataFrame, grain: str) -> None:
    """A field for each series and month or week, pale below the mean of the year, strong above it; hover has the interval."""
    names = ("season_index", "index_low_80", "index_high_80")
    shown = frame[["title", "period", "period_name"]].assign(**floats(frame, names)).reset_index(drop=True)
    shown = shades.with_shades(shown, shown["season_index"] / 2)
    x = {
        "field": "period",
        "type": "ordinal",
        "axis": {"title": None, "labelAngle": 0, "ticks": False, "labelOverlap": True},
    }
    if grain == "month":
        x["axis"] = x["axis"] | {"labelExpr": f"{MONTHS}[datum.value - 1]"}
    hover = [charts.tip("title", "Of", "nominal"), charts.tip("period_name", "When", "nominal")]
    hover += [charts.tip("season_index", "Index", "quantitative")]
    hover += [charts.tip("index_low_80", "At least (80 %)", "quantitative")]
    hover += [charts.tip("index_high_80", "At most (80 %)", "quantitative")]
    place = {"x": x, "y": {"field": "title", "type": "nominal", "sort": None, "axis": NAMES}, "tooltip": hover}
    layers: list[dict[str, Any]] = [{"mark": {"type": "rect"}, "encoding": place | {"color": shades.FILL}}]
    if grain == "month":
        said = {"text": {"field": "season_index", "type": "quantitative", "format": ".1f"}, "color": shades.INK}
        layers.append({"mark": {"type": "text", "fontSize": 10}, "encoding": place | said})
    charts.draw(shown, {"layer": layers, "height": {"step": 24}}, "Seasonal index over the year, by name")


def days(frame: pd.DataFrame, of: tuple[str, str], strong: float, by_week: bool) -> None:
    """A field for each day of one year, the stronger the more was sold, in full from `strong` on; `of` is the measure and its label.

    A dot is a holiday or event, a red frame a day without orders.
    """
    measure, label = of
    shown = frame[["day", "holiday", "is_gap"]].assign(**floats(frame, (measure,))).reset_index(drop=True)
    shown["said"] = [wording.day(each) for each in frame["day"]]
    shown["column"] = frame["iso_week" if by_week else "day_of_month"].astype(int).to_numpy()
    row = frame["weekday" if by_week else "month"].astype(int)
    order = (
        list(SHORT) if by_week else ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    )
    shown["row"] = [order[each - 1] for each in row]
    shown = shown.drop(columns="day")
    domain = list(range(1, 54 if by_week else 32))
    x = {"field": "column", "type": "ordinal", "scale": {"domain": domain}}
    x["axis"] = {"title": "ISO week" if by_week else None, "labelAngle": 0, "ticks": False, "labelOverlap": True}
    y = {"field": "row", "type": "nominal", "sort": order, "scale": {"domain": order}, "axis": NAMES}
    hover = [
        charts.tip("said", "Day", "nominal"),
        charts.tip(measure, label, "quantitative", ",.2f" if measure == "net_sales" else ",.0f"),
    ]
    hover.append(charts.tip("holiday", "Holiday or event", "nominal"))
    colour = {
        "field": measure,
        "type": "quantitative",
        "legend": None,
        "scale": {"range": SHADES, "domain": [0, strong], "clamp": True},
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rect"}, "encoding": {"x": x, "y": y, "color": colour, "tooltip": hover}},
        {
            "transform": [{"filter": "datum.is_gap"}],
            "mark": {"type": "rect", "fillOpacity": 0, "stroke": charts.DOWN, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y, "tooltip": hover},
        },
        {
            "transform": [{"filter": "isValid(datum.holiday)"}],
            "mark": {"type": "point", "filled": True, "size": 14, "color": PALETTE[1], "opacity": 1},
            "encoding": {"x": x, "y": y, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": {"step": 16}}, f"{label} by day")


def uplifts(frame: pd.DataFrame, label: str) -> None:
    """For each event a dot a phase with its 80 % interval; the dashed line is what the days would have sold."""
    names = ("uplift", "uplift_low_80", "uplift_high_80", "times_seen", "extra_sold")
    shown = frame[["event", "phase"]].assign(**floats(frame, names)).reset_index(drop=True)
    phases = list(PHASES)
    y = {"field": "event", "type": "nominal", "sort": list(dict.fromkeys(shown["event"])), "axis": NAMES}
    place = {"y": y, "yOffset": {"field": "phase", "type": "nominal", "sort": phases, "scale": {"domain": phases}}}
    x = {"field": "uplift", "type": "quantitative", "axis": charts.axis(label, "+.0%")}
    colour = {
        "field": "phase", "type": "nominal", "scale": {"domain": phases, "range": list(PHASES.values())},
        "legend": {"orient": "bottom", "title": None},
    }  # fmt: skip
    hover = [
        charts.tip("event", "Event", "nominal"), charts.tip("phase", "When", "nominal"),
        charts.tip("uplift", "Uplift", "quantitative", "+.1%"), charts.tip("uplift_low_80", "At least (80 %)", "quantitative", "+.1%"),
        charts.tip("uplift_high_80", "At most (80 %)", "quantitative", "+.1%"),
        charts.tip("extra_sold", "On top", "quantitative", "+,.0f"), charts.tip("times_seen", "Seen", "quantitative", ".0f"),
    ]  # fmt: skip
    ends = {"x": x | {"field": "uplift_low_80"}, "x2": {"field": "uplift_high_80"}, "color": colour, "tooltip": hover}
    layers = [
        {"mark": {"type": "rule", "color": charts.BEFORE, "strokeDash": [5, 4]}, "encoding": {"x": {"datum": 0}}},
        {"mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.35}, "encoding": place | ends},
        {
            "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
            "encoding": place | {"x": x, "color": colour, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": {"step": 13}}, f"{label} by event")


def calendar(frame: pd.DataFrame) -> None:
    """A bar a product over the weeks of the year from start to end, in two parts over the end of the year; the tick is the peak."""
    rows = []
    for row in frame.to_dict("records"):
        start, end = int(row["season_start_week"]), int(row["season_end_week"])
        parts = [(start, end + 1)] if start <= end else [(start, 53), (1, end + 1)]
        said = f"week {start} to {end}"
        peak = f"week {row['season_peak_week']} (80 %: {row['peak_from_week']} to {row['peak_to_week']})"
        for at, (first, stop) in enumerate(parts):
            rows.append({
                "name": row["title"], "first": first, "stop": stop, "said": said, "peak_said": peak, "index": float(row["peak_index"]),
                "peak": row["season_peak_week"] + 0.5 if not at else None, "basis": row["season_basis"],
            })  # fmt: skip
    shown = pd.DataFrame(rows)
    x = {"field": "first", "type": "quantitative", "scale": {"domain": [1, 53], "nice": False}}
    x["axis"] = {"title": None, "values": MONTH_WEEKS, "labelExpr": OF_WEEK, "grid": True, "labelAlign": "left"}
    y = {"field": "name", "type": "nominal", "sort": list(dict.fromkeys(shown["name"])), "axis": NAMES}
    hover = [
        charts.tip("name", "Product", "nominal"), charts.tip("said", "Season", "nominal"), charts.tip("peak_said", "Peak", "nominal"),
        charts.tip("index", "Index at its peak", "quantitative"), charts.tip("basis", "Whose season", "nominal"),
    ]  # fmt: skip
    colour = {"condition": {"test": "datum.basis == 'its own'", "value": charts.NOW}, "value": charts.BEFORE}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.6}, "opacity": 0.55},
            "encoding": {"x": x, "x2": {"field": "stop"}, "y": y, "color": colour, "tooltip": hover},
        },
        {
            "transform": [{"filter": "isValid(datum.peak)"}],
            "mark": {"type": "tick", "thickness": 3, "height": {"band": 0.9}, "color": PALETTE[1]},
            "encoding": {"x": x | {"field": "peak"}, "y": y, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": {"step": 20}}, "Seasons over the year")


def covered(frame: pd.DataFrame) -> None:
    """A bar a product as long as its season's units, in what is left of stock, what is on its way, and what is missing."""
    parts = dict(zip(("from_stock", "from_incoming", "missing_units"), COVERS, strict=True))
    names = [
        f"{row['name']}, from {row['season_starts_on'].day} {row['season_starts_on']:%b}"
        for row in frame.to_dict("records")
    ]
    whole = frame.assign(name=names, by=[wording.day(each) for each in frame["order_by"]])
    shown = pd.concat(
        [
            whole[["name", "by"]].assign(part=said, units=floats(whole, (name,))[name], at=at)
            for at, (name, said) in enumerate(parts.items())
        ],
        ignore_index=True,
    )
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": names, "axis": NAMES | {"labelLimit": 210}},
        "x": {"field": "units", "type": "quantitative", "stack": True, "axis": charts.axis("Units for the season")},
        "order": {"field": "at", "type": "quantitative"},
        "color": {
            "field": "part", "type": "nominal", "scale": {"domain": list(COVERS), "range": list(COVERS.values())},
            "legend": {"orient": "bottom", "title": None},
        },
        "tooltip": [
            charts.tip("name", "Product", "nominal"), charts.tip("part", "Of it", "nominal"),
            charts.tip("units", "Units", "quantitative", ",.0f"), charts.tip("by", "First order by", "nominal"),
        ],
    }  # fmt: skip
    spec = {"mark": {"type": "bar", "height": {"band": 0.7}}, "encoding": encoding, "height": {"step": 26}}
    charts.draw(shown, spec, "Units for the seasons to come")


def aligned(frame: pd.DataFrame, names: tuple[str, str], label: str) -> None:
    """This year in the accent and the year before in dashed grey, by days to the event, whose day is the thin rule."""
    now, before = names
    shown = frame[["days_to_event"]].astype(int).assign(**floats(frame, names)).reset_index(drop=True)
    shown["on"], shown["on_before"] = ([wording.day(each) for each in frame[name]] for name in ("day", "day_before"))
    x = {"field": "days_to_event", "type": "quantitative", "scale": {"nice": False}}
    x["axis"] = {"title": "Days to the event", "grid": False, "tickMinStep": 1, "format": "+d"}
    y = {"type": "quantitative", "axis": charts.axis(label), "scale": {"zero": True}}
    hover = [
        charts.tip("days_to_event", "Days to it", "quantitative", "+d"), charts.tip("on", "This year", "nominal"),
        charts.tip(now, label, "quantitative"), charts.tip("on_before", "Year before", "nominal"),
        charts.tip(before, "Year before", "quantitative"),
    ]  # fmt: skip
    old = {"type": "line", "color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}
    near = {
        "name": "near",
        "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["days_to_event"]},
    }
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    point = {"type": "point", "filled": True, "size": 60, "color": charts.NOW}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": charts.BEFORE, "opacity": 0.6}, "encoding": {"x": {"datum": 0}}},
        {"mark": old, "encoding": {"x": x, "y": y | {"field": before}}},
        {
            "mark": {"type": "line", "color": charts.NOW, "strokeWidth": 2},
            "encoding": {"x": x, "y": y | {"field": now}},
        },
        {
            "params": [near],
            "mark": point,
            "encoding": {"x": x, "y": y | {"field": before}, "opacity": is_near, "tooltip": hover},
        },
    ]
    layers.append(line_names.layer(shown, "days_to_event", LINES, names))
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} by days to the event")


def launch(frame: pd.DataFrame, label: str) -> None:
    """A launch by week of its age in the accent, its projection dotted in its band, its siblings' median dashed in their quartiles."""
    names = CURVE
    shown = frame[["age_weeks"]].astype(int).assign(**floats(frame, names)).reset_index(drop=True)
    x = {"field": "age_weeks", "type": "quantitative", "scale": {"nice": False}}
    x["axis"] = {"title": "Weeks since the first sale", "grid": False, "tickMinStep": 1}
    y = {"type": "quantitative", "axis": charts.axis(label), "scale": {"zero": True}}
    if (known := shown["sold_so_far"].last_valid_index()) is not None:
        # the projection sets out from what was sold
        shown.loc[known, ["projected", "projected_low_80", "projected_high_80"]] = shown.loc[known, "sold_so_far"]
    titles = (
        "Sold so far",
        "Siblings, lower quarter",
        "Siblings' median",
        "Siblings, upper quarter",
        "Projected",
        "At least (80 %)",
        "At most (80 %)",
    )
    hover = [charts.tip("age_weeks", "Week", "quantitative", "d")]
    hover += [charts.tip(name, title, "quantitative", ",.0f") for name, title in zip(names, titles, strict=True)]

    def line(name: str, **mark: Any) -> dict[str, Any]:
        return {"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": y | {"field": name}}}

    def band(low: str, high: str, colour: str) -> dict[str, Any]:
        mark = {"type": "area", "color": colour, "opacity": 0.2}
        return {"mark": mark, "encoding": {"x": x, "y": y | {"field": low}, "y2": {"field": high}}}

    layers = [
        band("siblings_low", "siblings_high", charts.BEFORE),
        line("siblings_median", color=charts.BEFORE, strokeDash=[5, 4], strokeWidth=1.5),
        band("projected_low_80", "projected_high_80", charts.NOW),
        line("projected", color=charts.NOW, strokeDash=[2, 3], strokeWidth=2),
        line("sold_so_far", color=charts.NOW, strokeWidth=2),
        {
            "mark": {"type": "rule", "opacity": 0, "strokeWidth": 12},
            "encoding": {"x": x, "y": {"value": 0}, "y2": {"value": charts.HEIGHT}, "tooltip": hover},
        },
    ]
    layers.append(line_names.layer(shown, "age_weeks", [("projected", charts.NOW), ("siblings", charts.BEFORE)], names))
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} by age")


CURVE = (
    "sold_so_far", "siblings_low", "siblings_median", "siblings_high", "projected", "projected_low_80", "projected_high_80",
)  # fmt: skip
