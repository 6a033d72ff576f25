"""A report as one HTML file that asks for nothing from anywhere and prints well."""

from collections.abc import Sequence
from html import escape

from analytics.reports import drawing, text
from analytics.reports.parts import Card, Cards, Chart, Folded, Part, Report, Table, View, Words

# Nothing is loaded and nothing runs, whoever opens the file and wherever.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light; --ink: #16211F; --quiet: #5B6664; --line: #D9DFDE; --ground: #F3F5F5; --accent: #0B6E6E }
body { font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff; max-width: 860px; margin: 24px auto; padding: 0 16px }
h1 { font-size: 24px; margin: 0 } h2 { font-size: 19px; margin: 28px 0 4px } h3 { font-size: 16px; margin: 20px 0 4px }
p { margin: 6px 0; overflow-wrap: anywhere } .quiet { color: var(--quiet); font-size: 12.5px }
.notice { background: var(--ground); border-left: 3px solid var(--accent); padding: 8px 12px; margin: 10px 0 }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 14px 0 }
.card { border: 1px solid var(--line); border-radius: 4px; padding: 10px 12px }
.card b { display: block; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums }
.chart { margin: 8px 0 } .chart svg { max-width: 100%; height: auto; overflow: visible }
.table { overflow-x: auto; margin: 8px 0 }
table { border-collapse: collapse; font-size: 12.5px; width: 100% } thead { display: table-header-group }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
th { background: var(--ground); font-weight: 600; overflow-wrap: normal } tr { break-inside: avoid }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } th.number { white-space: normal }
td.long { min-width: 12em } summary { cursor: pointer; margin: 8px 0 } footer { margin-top: 32px; border-top: 1px solid var(--line) }
@page { margin: 15mm } @media print { body { margin: 0; max-width: none; padding: 0 } .view + .view { break-before: page }
  .cards, .chart, .notice { break-inside: avoid } h2, h3 { break-after: avoid } .table { overflow: visible } }
"""
# A column whose cells are longer than this is given room to break its lines.
LONG = 24


def of(report: Report) -> str:
    """The whole file."""
    numbers = range(len(report.views)) if len(report.views) > 1 else (None,)
    views = "\n".join(_view(view, number) for view, number in zip(report.views, numbers, strict=True))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(report.title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>\n'
        f"<body>{_title(report)}\n{views}\n"
        f'<footer class="quiet"><p>Storeledger, {escape(report.made)}</p></footer></body></html>\n'
    )


def _title(report: Report) -> str:
    if len(report.views) == 1:
        return ""
    listed = "".join(f'<li><a href="#view-{at}">{escape(view.title)}</a></li>' for at, view in enumerate(report.views))
    return f"<h1>{escape(report.title)}</h1><ul>{listed}</ul>"


def _view(view: View, number: int | None) -> str:
    """`number` is the view's place among several."""
    level = "h1" if number is None else "h2"
    mark = "" if number is None else f' id="view-{number}"'
    return (
        f'<section class="view"{mark}><{level}>{escape(view.title)}</{level}>'
        f'<p class="quiet">{escape(view.scope)}</p>\n{_parts(view.parts)}</section>'
    )


def _parts(parts: Sequence[Part]) -> str:
    return "\n".join(_part(part) for part in parts)


def _part(part: Part) -> str:
    if isinstance(part, Words):
        return _words(part)
    if isinstance(part, Cards):
        return f'<div class="cards">{"".join(map(_card, part.cards))}</div>'
    if isinstance(part, Chart):
        return f'<div class="chart" role="img" aria-label="{escape(part.alt)}">{drawing.svg(part)}</div>'
    if isinstance(part, Folded):
        return f"<details><summary>{escape(text.plain(part.label))}</summary>{_parts(part.parts)}</details>"
    return _table(part)


def _words(words: Words) -> str:
    if words.kind == "heading":
        return f"<h3>{_inline(words.text)}</h3>"
    if words.kind == "notice":
        title = f"<b>{_inline(words.title)}</b><br>" if words.title else ""
        return f'<div class="notice">{title}{_inline(words.text)}</div>'
    look = ' class="quiet"' if words.kind == "caption" else ""
    return f"<p{look}>{_inline(words.text)}</p>"


def _inline(markdown: str) -> str:
    return "<br>".join(
        "".join(f"<b>{escape(run.text)}</b>" if run.is_bold else escape(run.text) for run in line)
        for line in text.lines(markdown)
    )


def _card(card: Card) -> str:
    change = f'<span class="quiet">{escape(f"{card.change} {card.change_is}".strip())}</span>' if card.change else ""
    note = f'<div class="quiet">{_inline(card.note)}</div>' if card.note else ""
    return f'<div class="card"><span class="quiet">{_inline(card.label)}</span><b>{escape(card.value)}</b>{change}{note}</div>'


def _table(table: Table) -> str:
    numbers = [each.is_number for each in table.columns]
    head = "".join(
        f"<th{_look(is_number, '')}>{escape(each.label)}</th>"
        for each, is_number in zip(table.columns, numbers, strict=True)
    )
    rows = "\n".join(
        f"<tr>{''.join(_cell(cell, is_number) for cell, is_number in zip(row, numbers, strict=True))}</tr>"
        for row in table.cells()
    )
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>'


def _cell(cell: str, is_number: bool) -> str:
    return f"<td{_look(is_number, cell)}>{escape(cell)}</td>"


def _look(is_number: bool, cell: str) -> str:
    return ' class="number"' if is_number else ' class="long"' if len(cell) > LONG else ""
