"""Who may come in: the list of people and its owner, sign-ins and how they end, and what the audit log has of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import shop_files
from analytics import actor, audit, db, members, sign_ins, stores
from analytics.actor import Actor
from analytics.errors import NotAllowed, Refused
from analytics.ingest.load import Options, load
from analytics.sign_ins import SignIn

ANNA = "anna@example.com"
OWNER = "olga@example.com"


@pytest.fixture(autouse=True)
def _no_settings(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANALYTICS_OWNER", "ANALYTICS_IDLE_MINUTES", "ANALYTICS_SESSION_MINUTES"):
        monkeypatch.delenv(name, raising=False)


def signed_in(email: str = ANNA, ticket: str = "one", minutes_ago: float = 0) -> SignIn:
    """A sign-in of so many minutes ago."""
    return SignIn(email, ticket, datetime.now(UTC) - timedelta(minutes=minutes_ago))


def used(ticket: str, minutes_ago: int) -> None:
    """Let a sign-in have been used for the last time so long ago."""
    with db.transaction() as cursor:
        cursor.execute(
            "update sign_ins set seen_at = now() - make_interval(mins => %s) where ticket = %s", (minutes_ago, ticket)
        )


def log() -> list[tuple[str, str, str]]:
    """Who did what to whom, the first first."""
    rows = audit.entries(1)[["actor", "action", "subject"]]
    return list(rows.iloc[::-1].itertuples(index=False, name=None))


def test_an_address_is_kept_with_its_role_and_stores(tmp_path: Path) -> None:
    load(shop_files.orders(tmp_path / "orders.csv", date(2026, 3, 20)), Options(store="Pottery"))
    members.save(f"  {ANNA.upper()} ", "viewer", [stores.find("Pottery")])
    row = members.everyone().iloc[0]
    assert (row["email"], row["role"], row["stores"], row["seen_at"]) == (ANNA, "viewer", ["Pottery"], None)
    members.save(ANNA, "owner", [stores.find("Pottery")])
    row = members.everyone().iloc[0]
    assert (row["role"], row["store_ids"]) == ("owner", None), "an owner sees every store"
    entry = audit.entries(1).iloc[0]
    assert (entry["action"], entry["subject"]) == ("member changed", ANNA)
    assert entry["details"] == "role: owner; stores: every store; role before: viewer"


@pytest.mark.parametrize(
    ("email", "role", "seen", "why"),
    [
        ("anna", "viewer", None, "not an e-mail address"),
        ("a@b.c, d@e.f", "viewer", None, "not an e-mail address"),
        ("", "viewer", None, "Nothing is not an e-mail address"),
        (ANNA, "nobody", None, "A role is one of"),
        (ANNA, "viewer", [], "at least one store"),
        (ANNA, "viewer", [77], "no store number 77"),
    ],
)
def test_what_cannot_be_is_refused_in_words(email: str, role: str, seen: list[int] | None, why: str) -> None:
    with pytest.raises(Refused, match=why):
        members.save(email, role, seen)
    assert members.everyone().empty and log() == []


def test_the_last_owner_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    members.save(ANNA, "analyst")  # before there is one, nobody is kept from coming onto the list
    members.save(OWNER, "owner")
    for change in (lambda: members.remove(OWNER), lambda: members.save(OWNER, "viewer")):
        with pytest.raises(Refused, match="the last owner"):
            change()
    monkeypatch.setenv("ANALYTICS_OWNER", "Boss@Example.com")
    members.remove(OWNER)
    assert list(members.everyone()["email"]) == [ANNA]
    with pytest.raises(Refused, match="not on the list"):
        members.remove(OWNER)


@pytest.mark.parametrize("role", ["nobody", "link", "viewer", "analyst"])
def test_only_an_owner_sees_and_changes_the_list_and_the_log(role: str) -> None:
    members.save(OWNER, "owner")
    with actor.acting(Actor(ANNA, role)):
        for act in (
            members.everyone,
            lambda: members.save(ANNA, "owner"),
            lambda: members.remove(OWNER),
            lambda: audit.entries(1),
        ):
            with pytest.raises(NotAllowed, match="takes the role of an owner"):
                act()
    assert list(members.everyone()["email"]) == [OWNER]


def test_a_role_is_read_afresh_every_time() -> None:
    one = signed_in()
    members.save(ANNA, "analyst")
    assert sign_ins.enter(one).actor == Actor(ANNA, "analyst")
    members.save(ANNA, "viewer")
    assert sign_ins.enter(one).actor == Actor(ANNA, "viewer")
    members.remove(ANNA)
    assert sign_ins.enter(one) == sign_ins.Standing(None)
    did = [entry for entry in log() if entry[1] in ("signed in", "turned away")]
    assert did == [(ANNA, "signed in", ANNA), (ANNA, "turned away", ANNA)]


def test_the_owner_of_the_environment_is_one_whatever_the_list_says(monkeypatch: pytest.MonkeyPatch) -> None:
    members.save(ANNA, "viewer")
    monkeypatch.setenv("ANALYTICS_OWNER", ANNA.upper())
    assert sign_ins.enter(signed_in()).actor == Actor(ANNA, "owner")


def test_a_stranger_is_turned_away_and_that_is_told_once() -> None:
    for _ in range(3):
        assert sign_ins.enter(signed_in("eve@example.com")) == sign_ins.Standing(None)
        used("one", 5)
    assert log() == [("eve@example.com", "turned away", "eve@example.com")]
    assert audit.entries(1)["role"].iloc[0] == "nobody"


def test_a_sign_in_ends_when_nothing_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    members.save(ANNA, "viewer")
    assert sign_ins.enter(signed_in(minutes_ago=119)).actor
    used("one", 119)
    assert sign_ins.enter(signed_in(minutes_ago=300)).actor
    used("one", 121)
    assert "Nothing was done" in sign_ins.enter(signed_in(minutes_ago=300)).over
    # a cookie that was never shown before counts from when it was made
    assert "Nothing was done" in sign_ins.enter(signed_in(ticket="other", minutes_ago=121)).over
    monkeypatch.setenv("ANALYTICS_IDLE_MINUTES", "240")
    assert sign_ins.enter(signed_in(minutes_ago=300)).actor


def test_a_timer_keeps_nobody_signed_in() -> None:
    members.save(ANNA, "viewer")
    sign_ins.enter(signed_in())
    used("one", 100)
    sign_ins.enter(signed_in(), is_active=False)
    used_at = db.read("sign_ins/standing", email=ANNA, ticket="one").iloc[0]
    assert used_at["now_at"] - used_at["seen_at"] > timedelta(minutes=99)
    sign_ins.enter(signed_in())
    used_at = db.read("sign_ins/standing", email=ANNA, ticket="one").iloc[0]
    assert used_at["now_at"] - used_at["seen_at"] < timedelta(minutes=1)


def test_a_sign_in_ends_after_its_longest_time(monkeypatch: pytest.MonkeyPatch) -> None:
    members.save(ANNA, "viewer")
    sign_ins.enter(signed_in())
    assert "more than 12 hours ago" in sign_ins.enter(signed_in(minutes_ago=721)).over
    monkeypatch.setenv("ANALYTICS_SESSION_MINUTES", "45")
    assert "more than 45 minutes ago" in sign_ins.enter(signed_in(minutes_ago=46)).over
    assert "of the future" in sign_ins.enter(signed_in(minutes_ago=-10)).over
    monkeypatch.setenv("ANALYTICS_SESSION_MINUTES", "soon")
    with pytest.raises(Refused, match="whole number of minutes"):
        sign_ins.enter(signed_in())


def test_signing_out_ends_every_sign_in_of_that_address_and_no_other() -> None:
    members.save(ANNA, "viewer")
    members.save(OWNER, "owner")
    for one in (signed_in(), signed_in(ticket="phone"), signed_in(OWNER, "hers")):
        assert sign_ins.enter(one).actor
    with actor.acting(Actor(ANNA, "viewer")):
        sign_ins.sign_out(ANNA)
    assert sign_ins.enter(signed_in()).over == "You have signed out."
    assert sign_ins.enter(signed_in(ticket="phone")).over == "You have signed out."
    assert sign_ins.enter(signed_in(ticket="a copy never used", minutes_ago=1)).over == "You have signed out."
    assert sign_ins.enter(signed_in(OWNER, "hers")).actor
    assert sign_ins.enter(signed_in(ticket="anew")).actor
    assert (ANNA, "signed out", ANNA) in log()
