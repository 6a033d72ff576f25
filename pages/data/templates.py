"""File formats: every file that can be imported, where a platform exports it, and templates for tables of your own."""

import streamlit as st

from analytics import wording
from analytics.ingest import templates
from pages.ui import access, address, freshness, tables

groups = templates.by_platform()
st.title("File formats")
freshness.line()
st.caption(
    f"{wording.count(sum(map(len, groups.values())), 'kind')} of files are known by the names of their columns, in any order; "
    "columns that are not known are left alone."
)
access.import_link()

address.stop_if_refused()
# a parameter without a value asks for nothing
platform = (
    st.segmented_control(
        "Exported from", list(groups), default=templates.OWN_TABLES, required=True, key="platform", bind="query-params"
    )
    or templates.OWN_TABLES
)
shown = groups[platform]
if platform == templates.OWN_TABLES:
    by_label = {known.label: known for known in shown}
    chosen = st.segmented_control(
        "Table", list(by_label), default=shown[0].label, required=True, key="table", bind="query-params"
    )
    shown = [by_label[chosen or shown[0].label]]

for known in shown:
    st.subheader(known.label)
    st.write(
        f"**Brings** {known.brings}.  \n**Cannot tell** {known.cannot_tell}.  \n"
        f"**{'What it is:' if known.is_generic else 'Where to export it:'}** {known.where}"
    )
    if known.is_generic:
        rows, guide = templates.rows(known.name), templates.guide(known.name)
        st.write(
            "**Template:** put your own rows in place of the examples, and take away the columns that you do not need."
        )
        tables.downloads(rows, {header: tables.Column(header) for header in rows}, f"{known.name} template")
        tables.guide(guide, tables.TEMPLATE)
        with st.expander("Other headers that are understood, in English, German, French and Spanish"):
            tables.guide(guide[guide["also"] != ""], tables.HEADERS)
    else:
        st.write("**Known by the columns**")
        st.code(templates.header_sample(known), language=None, wrap_lines=True)
