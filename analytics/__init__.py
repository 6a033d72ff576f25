"""Storeledger's numbers: from an export's rows to the results that the pages and the command line show."""
