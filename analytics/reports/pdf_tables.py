"""Tables on paper: columns as wide as what is in them, upright or across, their headers again on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from fpdf.enums import TableBordersLayout, TableCellFillMode
from fpdf.fonts import FontFace

from analytics import wording
from analytics.reports.paper import FAMILY, GROUND, INK, LINE, MARGIN, PALE, QUIET, Paper
from analytics.reports.parts import Table

PADDING, WIDEST, NARROWEST = 1.3, 72.0, 36.0
# how a table is set, the first that is wide enough: upright or across, and the size of its letters
SETTINGS = (("P", 7.5), ("P", 6.5), ("L", 7.5), ("L", 6.5), ("L", 5.8))
LINE_OF_SIZE = 0.47
# rows that are printed; a longer table is read in Excel
MOST = 1_000
LONGEST_CELL = 600


@dataclass(frozen=True)
class Width:
    """Of a column: what it needs, and what it takes where there is room."""

    least: float
    best: float


@dataclass(frozen=True)
class Plan:
    """How a table is set: its words, the page's orientation, the size of letters, and which columns stand beside each other."""

    heads: list[str]
    rows: list[tuple[str, ...]]
    are_numbers: list[bool]
    orientation: str
    size: float
    widths: list[Width]
    groups: list[list[int]]
    left_out: int


def plan(paper: Paper, table: Table) -> Plan:
    """How a table fits best on paper: its columns in several parts where even a page across is too narrow."""
    rows = [tuple(_short(paper.letters(cell)) for cell in row) for row in table.cells(MOST)]
    heads, numbers = [paper.letters(each.label) for each in table.columns], [each.is_number for each in table.columns]
    for orientation, size in SETTINGS:
        widths = [_width(paper, head, [row[at] for row in rows], (numbers[at], size)) for at, head in enumerate(heads)]
        groups = _groups(widths, _room(paper, orientation))
        if len(groups) == 1:
            break
    return Plan(heads, rows, numbers, orientation, size, widths, groups, max(0, len(table.frame) - MOST))


def draw(paper: Paper, planned: Plan) -> None:
    """The table on this page and as many more as it takes."""
    paper.turn(planned.orientation)
    for group in planned.groups:
        _part(paper, planned, group)
    if planned.left_out:
        paper.look(planned.size, QUIET)
        rest = wording.count(planned.left_out, "more row", "more rows")
        paper.paragraph(f"And {rest}: they stand in the Excel file.")
    paper.ln(3)


def _room(paper: Paper, orientation: str) -> float:
    short, long = sorted((float(paper.w), float(paper.h)))
    return (short if orientation == "P" else long) - 2 * MARGIN


def _part(paper: Paper, planned: Plan, group: list[int]) -> None:
    if paper.room < 8 * LINE:
        paper.turn(planned.orientation, is_new=True)
    paper.look(planned.size)
    paper.set_draw_color(*PALE)
    widths = _fitted([planned.widths[at] for at in group], paper.epw)
    style = FontFace(family=FAMILY, emphasis="BOLD", color=INK, fill_color=GROUND, size_pt=planned.size)
    with paper.table(
        width=sum(widths),
        col_widths=tuple(widths),
        text_align=tuple("R" if planned.are_numbers[at] else "L" for at in group),
        align="LEFT",
        headings_style=style,
        line_height=planned.size * LINE_OF_SIZE,
        padding=(PADDING / 2, PADDING),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        cell_fill_mode=TableCellFillMode.NONE,
        v_align="TOP",
    ) as drawn:
        for row in [planned.heads, *planned.rows]:
            drawn.row([row[at] for at in group])
    paper.ln(2)


def _width(paper: Paper, head: str, cells: Sequence[str], look: tuple[bool, float]) -> Width:
    is_number, size = look
    paper.look(size, is_bold=True)
    word = max((paper.get_string_width(each) for each in head.split()), default=0.0)
    heading = paper.get_string_width(head)
    paper.look(size)
    # the longest texts are the widest, or nearly so: measuring every cell would take long
    longest = sorted(set(cells), key=len, reverse=True)[:20]
    content = max((paper.get_string_width(each) for each in longest), default=0.0)
    around = 2 * PADDING + 0.6
    if is_number:
        least = max(content, word) + around
        return Width(least, max(least, min(heading, 30.0) + around))
    words = max((paper.get_string_width(each) for cell in longest for each in cell.split()), default=0.0)
    best = min(max(content, word), WIDEST) + around
    return Width(min(best, max(word + around, min(words + around, NARROWEST))), best)


def _groups(widths: Sequence[Width], room: float) -> list[list[int]]:
    """The columns that stand beside each other: all, or as many as fit, each time with the first one."""
    groups, taken = [[0]], widths[0].least
    for at, width in enumerate(widths[1:], start=1):
        if taken + width.least > room:
            groups.append([0])
            taken = widths[0].least
        groups[-1].append(at)
        taken += width.least
    return groups


def _fitted(widths: Sequence[Width], room: float) -> list[float]:
    """Each as wide as is best, or as much of that as there is room for."""
    least, best = sum(each.least for each in widths), sum(each.best for each in widths)
    share = 1.0 if best <= room else max(0.0, (room - least) / (best - least)) if best > least else 0.0
    fitted = [each.least + (each.best - each.least) * share for each in widths]
    return [each * min(1.0, room / sum(fitted)) for each in fitted]


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}…"
