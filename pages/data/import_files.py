"""Import: drop files in, see what each is and what it would change, and load them."""

import streamlit as st

from pages.ui import freshness, loaded, uploads

st.title("Import")
freshness.line()
if st.session_state.pop("load_sample", False):
    loaded.sample_shop()

loaded.show_results()

store = uploads.choose_store()
files = st.file_uploader(
    "Drop exports here",
    type=uploads.TYPES,
    accept_multiple_files=True,
    key=f"files_{st.session_state.get('uploader', 0)}",
    help="Exports of a shop's platform, or any table of your own: a file that is not known is asked about once.",
)
if not files:
    st.caption(
        "Shopify: Orders › Export, Products › Export, Products › Inventory › Export, Analytics › Reports › Export. "
        "Names, addresses and phone numbers are dropped before anything is saved; e-mail addresses become a code."
    )
    uploads.too_large(store)
    if st.button("Load the sample shop", icon=":material/storefront:"):
        st.session_state["load_sample"] = True
        st.rerun()
    st.stop()

uploads.too_large(store)
if store is None:
    st.info("Choose the store these files belong to, or type the name of a new one.")
    st.stop()

tables = [table for file in files for table in uploads.tables_of(file)]
shown = [uploads.show(name, path, store) for name, path in tables]
ready = [each for each in shown if each]
if st.button(
    f"Import {len(ready)} of {len(tables)} files" if len(tables) > 1 else "Import", type="primary", disabled=not ready
):
    loaded.run(ready)
