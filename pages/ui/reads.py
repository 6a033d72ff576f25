"""The one way pages read: cached by what is asked, the store, the version of its data, and who may see what of it."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pandas as pd
import streamlit as st

from analytics import actor, comparisons, db, stores
from analytics.scope import Scope, Stores


def open_database() -> bool:
    """Bring the database up, once a process, and say what is being done meanwhile; true in the run that did it."""
    done = opened()
    if done.is_set():
        return False
    place = st.empty()
    with place.status("Opening the database", expanded=True) as status:
        st.caption("The first start takes a few seconds; the next ones do not.")
        db.migrate(say=lambda message: status.update(label=message))
    done.set()
    place.empty()
    return True


@st.cache_resource
def opened() -> Event:
    """Whether this process has brought its database up."""
    return Event()


def all_stores() -> pd.DataFrame:
    """The stores that whoever acts may see, as analytics.stores.all_stores() gives them."""
    return _all_stores(_who())


# A rerun asks for the stores several times; two seconds later another process may have imported something.
@st.cache_data(ttl=2, max_entries=100, show_spinner=False)
def _all_stores(who: tuple[Any, ...]) -> pd.DataFrame:
    return stores.all_stores()


def _who() -> tuple[Any, ...]:
    """What makes one person's answers another's, too: the role, and the stores to be seen."""
    return actor.current().role, actor.current().stores


def of(function: Callable[..., Any], scope: Scope, *details: Any) -> Any:
    """function(scope, *details), from the cache if the store's data have not changed since.

    For a scope of several ranges it is the mean of the tables for each, see analytics.comparisons.answer.
    """
    version = data_version(scope.stores)  # before the data: a change in between is then read again, never missed
    return _kept(f"{function.__module__}.{function.__qualname__}", scope, details, (version, *_who()), function)


def of_store(function: Callable[..., Any], store: Stores) -> Any:
    """function(stores), from the cache if the store's data have not changed since."""
    return of(_without_days(function), Scope(store=store))


def of_rates(function: Callable[..., Any], currencies: tuple[str, ...]) -> Any:
    """function(currencies), from the cache if no store's data and no rates have changed since."""
    return of(_of_currencies(function), Scope(), currencies)


def _of_currencies(function: Callable[..., Any]) -> Callable[..., Any]:
    def asked(scope: Scope, currencies: tuple[str, ...]) -> Any:
        return function(currencies)

    asked.__module__, asked.__qualname__ = function.__module__, function.__qualname__
    return asked


def _without_days(function: Callable[..., Any]) -> Callable[[Scope], Any]:
    def asked(scope: Scope) -> Any:
        return function(scope.stores)

    asked.__module__, asked.__qualname__ = function.__module__, function.__qualname__
    return asked


def data_version(store: Stores) -> tuple[tuple[int, int], ...]:
    """The stores asked for, each with a number that rises with every change of its data."""
    return stores.versions(store, all_stores())


def forget() -> None:
    """Look at the stores afresh, after something was imported here."""
    _all_stores.clear()


@st.cache_data(ttl=3600, max_entries=400, show_spinner=False)
def _kept(
    name: str, scope: Scope, details: tuple[Any, ...], key: tuple[Any, ...], _function: Callable[..., Any]
) -> Any:
    return comparisons.answer(_function, scope, *details)
