"""Reports of views as HTML, PDF and Excel, sets of saved views, and digests that are mailed."""
