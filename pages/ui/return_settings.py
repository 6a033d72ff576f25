"""The form of what a store assumes of its returns where no file says it."""

from decimal import Decimal

import streamlit as st

from analytics.returns import settings
from analytics.returns.settings import ReturnSettings
from pages.ui import editors, reads

HUNDRED = Decimal(100)
# Each setting with what it is called and what it decides; the share is typed in percent.
LABELS = {
    "outbound_label": ("A label out costs", "What sending a parcel to a customer costs you, without tax."),
    "return_label": ("A label back costs", "What a returned parcel costs you, without tax; 0 if customers pay for it."),
    "handling": ("Handling of a parcel costs", "Opening, checking, repacking and putting away one returned parcel."),
    "written_off_share": (
        "Not sold again, %",
        "The share of returned goods, by cost, that cannot be sold again, where no file says whether they went back on the shelf.",
    ),
}


def form(store: int, currency: str) -> None:
    """Every assumption of a store to edit; an empty one is not known, and “Save returns” keeps them all or says what is wrong."""
    now = reads.of_store(settings.of, store)
    st.subheader("Returns")
    chosen: dict[str, Decimal | None] = {}
    with st.form(f"return_settings_{store}", width=760):
        st.caption(
            f"In {currency}. Costs of returns that are told from these are marked “assumed”; what stays empty is not known, "
            "and is never counted as nothing."
        )
        with st.grid(4, min_column_width=160, gap="small"):
            for name in LABELS:
                chosen[name] = _number(store, name, getattr(now, name))
        is_saved = st.form_submit_button("Save returns", type="primary")
    if is_saved:
        wanted = ReturnSettings(**chosen)
        editors.keep(lambda: settings.save(store, wanted), "The costs of returned parcels are kept.")


def _number(store: int, name: str, now: Decimal | None) -> Decimal | None:
    label, decides = LABELS[name]
    times, key = HUNDRED if name == "written_off_share" else Decimal(1), f"return_{name}_{store}"
    # a field that begins with a value of its own could not be emptied again
    if now is not None:
        st.session_state.setdefault(key, float(now * times))
    typed = st.number_input(
        label,
        value=None,
        step=1.0 if times == HUNDRED else 0.1,
        format="%.1f" if times == HUNDRED else "%.2f",
        placeholder="not known",
        help=decides,
        key=key,
    )
    return None if typed is None else Decimal(str(typed)) / times
