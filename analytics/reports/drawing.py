"""Charts drawn without a browser, as SVG whose text is text, or as PNG for paper."""

import re
from copy import deepcopy
from functools import cache
from typing import Any

from analytics.reports import fonts
from analytics.reports.parts import Chart

WIDTH, HEIGHT = 680, 260
# of a chart that is 180 mm wide on paper: 240 dots an inch
SCALE = 2.5
INK, PALE = "#16211F", "#E3E8E7"
# Streamlit's own look of a light page
LOOK: dict[str, Any] = {
    "background": "#FFFFFF",
    "padding": 4,
    "axis": {
        "labelColor": INK, "titleColor": INK, "gridColor": PALE, "domain": False, "ticks": False, "labelFontSize": 11,
        "titleFontSize": 11, "titleFontWeight": "normal", "labelPadding": 6,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11, "orient": "top"},
    "text": {"color": INK},
    "view": {"stroke": None},
    "range": {"category": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A8F98", "#F0E442"]},
}  # fmt: skip
REFERENCE = re.compile(r"\s(?:xlink:)?href=\"(?!#)[^\"]*\"")


def svg(chart: Chart) -> str:
    """The chart as SVG; it asks for nothing from anywhere, and its text is set in the reader's own font."""
    drawn: str = _program().vegalite_to_svg(_sized(chart.spec), config=_look("system-ui, sans-serif"), **_alone())
    return REFERENCE.sub("", drawn)


def png(chart: Chart) -> bytes:
    """The chart as a picture fine enough for paper."""
    look = _look(f"{fonts.FAMILY}, {fonts.EAST_ASIAN}")
    drawn: bytes = _program().vegalite_to_png(_sized(chart.spec), scale=SCALE, config=look, **_alone())
    return drawn


def _alone() -> dict[str, Any]:
    # nothing is fetched, whatever a specification says
    return {"allowed_base_urls": [], "format_locale": "en-US", "time_format_locale": "en-US"}


def _look(font: str) -> dict[str, Any]:
    return LOOK | {"font": font}


def _sized(spec: dict[str, Any]) -> dict[str, Any]:
    """As wide as a page, where the browser's window says so; the drawing has no pointer, so nothing waits for one."""
    sized = deepcopy(spec)
    config = sized.pop("config", {})
    sized.pop("usermeta", None)
    if not {"hconcat", "vconcat", "concat", "facet", "repeat"} & set(sized):
        sized["width"] = WIDTH if sized.get("width") in (None, "container", "stretch") else sized["width"]
        sized.setdefault("height", HEIGHT)
        sized["autosize"] = {"type": "fit-x", "contains": "padding"}
    sized["config"] = {name: value for name, value in config.items() if name not in ("background", "font")}
    return sized


@cache
def _program() -> Any:
    import vl_convert  # only who draws a report waits for it

    with fonts.folders() as folders:
        for folder in folders:
            vl_convert.register_font_directory(folder)
    return vl_convert
