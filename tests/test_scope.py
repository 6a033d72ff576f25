"""The scope: the same question, however it is asked."""

from analytics.scope import Scope


def test_one_store_several_and_all_are_asked_for_alike() -> None:
    assert Scope(store=3).stores == (3,) and Scope(store=3) == Scope(store=(3,))
    assert Scope(store=(7, 3, 7)) == Scope(store=(3, 7)) and Scope(store=(3, 7)).stores == (3, 7)
    assert Scope(store=None) == Scope() == Scope(store=()) and Scope().stores == ()


def test_only_one_store_is_the_only_store() -> None:
    assert Scope(store=3).only_store == 3
    assert Scope(store=(3, 4)).only_store is None and Scope().only_store is None


def test_all_stores_filter_nothing() -> None:
    assert Scope().params()["store_ids"] is None and Scope(store=(4, 3)).params()["store_ids"] == [3, 4]
