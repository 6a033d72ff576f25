"""Import: drop files in, see what each is and what it would change, and load them."""

import streamlit as st

from pages.ui import freshness, uploads

st.title("Import")
freshness.line()
if st.session_state.pop("load_sample", False):
    uploads.sample_shop()

uploads.show_results()

store = uploads.choose_store()
files = st.file_uploader(
    "Drop exports here",
    type=uploads.TYPES,
    accept_multiple_files=True,
    key=f"files_{st.session_state.get('uploader', 0)}",
    help="Shopify orders, products, inventory and sales reports, or any table of order lines. Several at once is fine.",
)
if not files:
    st.caption(
        "Shopify: Orders › Export, Products › Export, Products › Inventory › Export, Analytics › Reports › Export. "
        "Names, addresses and phone numbers are dropped before anything is saved; e-mail addresses become a code."
    )
    if st.button("Load the sample shop", icon=":material/storefront:"):
        st.session_state["load_sample"] = True
        st.rerun()
    st.stop()

if store is None:
    st.info("Choose the store these files belong to, or type the name of a new one.")
    st.stop()

previews = [uploads.show(file, store) for file in files]
ready = [each for each in previews if each]
if st.button(
    f"Import {len(ready)} of {len(files)} files" if len(files) > 1 else "Import", type="primary", disabled=not ready
):
    uploads.run(ready)
