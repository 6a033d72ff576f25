"""Which product a new one is expected to sell like: named here, followed by its forecast."""

import streamlit as st

from analytics import product_rows
from analytics.forecasts import siblings
from pages.ui import editors, reads
from pages.ui.filters import View

METHOD = (
    "Half of the forecast of a product younger than about a year is its share of its category's forecast. With a sibling that share moves "
    "week by week as the sibling's did when it was as old, and in the same weeks a year ago. The other half is what its own weeks say."
)
NOBODY = "nobody: only its category"


def show(view: View, product: str, title: str) -> None:
    """The sibling that the forecast of a product follows, to choose another one; of one store."""
    store = view.scope.only_store
    if store is None:
        st.caption("To say which product its forecast follows, choose one store.")
        return
    editors.told()
    known = reads.of(product_rows.told, view.scope.over(None, None))
    names = dict(zip(known["parent"], known["parent_title"], strict=True))
    options = [None, *sorted((key for key in names if key != product), key=lambda key: (names[key].casefold(), key))]
    said = reads.of(siblings.of, view.scope.over(None, None))
    now = next(iter(said.loc[said["product"] == product, "sibling"]), None)
    with st.form("sibling", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picked = st.selectbox(
            f"The forecast of {title} follows", options, index=options.index(now) if now in options else 0,
            format_func=lambda key: NOBODY if key is None else names[key], help=METHOD, width=420,
            key=f"sibling_of_{product}",
        )  # fmt: skip
        pressed = st.form_submit_button("Keep it")
    if pressed and picked != now:
        words = f"Its forecast follows {names[picked]}" if picked else "Its forecast follows its category alone"
        editors.keep(
            lambda: siblings.save(store, product, picked), f"{words} from the next forecasts on, which are made now."
        )
