"""What a store's own past teaches of its products: daily sales beside which days they were there."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from analytics import db
from analytics.scope import Scope
from analytics.stock import books, walk
from analytics.stock.books import PARTS
from analytics.stock.buffers import Days

# More than a year tells of other seasons, and less of this one.
MOST_DAYS = 371


def of_store(scope: Scope, part: books.Part, first_day: date, stop: date) -> Days:
    """The days of the products that `part` names, of the scope's one store, up to 53 weeks before `stop`; a bundle's sales are its parts'.

    A day of which stock history says nothing counts as one in stock. A product's days are its own from its first sale or count.
    """
    store, keys = int(scope.only_store or 0), list(part.products or ())
    start = max(first_day, stop - timedelta(days=MOST_DAYS))
    place = {key: at for at, key in enumerate(keys)}
    of_days = replace(scope, start=start, stop=stop)
    known = db.read("inventory/sold_products", store_id=store, products=None)
    sold = books.by_day(of_days, known, place) / PARTS
    state, is_empty = walk.states_and_evenings(store, (start, stop), place, replace(part, products=None))
    is_gone, is_seen = (state == walk.OUT) | is_empty, (sold > 0) | (state == walk.IN)
    began_out = np.concatenate([np.zeros((len(keys), 1), dtype=bool), is_gone[:, :-1]], axis=1)
    in_stock = ~began_out | (sold > 0)
    return Days(sold, in_stock, in_stock & is_gone & (sold > 0), np.maximum.accumulate(is_seen, axis=1))
