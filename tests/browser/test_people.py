"""Two people of different roles and stores at one hosted app, with a real identity provider and a real browser each."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import shop_files
from analytics import actor, audit, members, stores, undo
from analytics.ingest.load import Options, load
from running import App, free_port, started

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

LAST_DAY = date(2026, 3, 20)
WHOLE = "days=2026-03-01&days=2026-03-20"
NET_SALES = str(shop_files.NET_SALES)
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "known to this test only, and long enough"
client_id = "storeledger"
client_secret = "known to this test only"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[storeledger]
analytics_owner = "olga@example.com"
"""
COOKIE = "_streamlit_user"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of an identity provider that knows four people, of whom one has not confirmed her address."""
    mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed")
    known = [("anna", True), ("vera", True), ("eve", True), ("una", False)]
    users = [
        mock.User(sub=name, claims={"email": f"{name}@example.com", "email_verified": is_sure})
        for name, is_sure in known
    ]
    with mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def hosted(shared_database: str, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app under an address of its own: Anna, an analyst, sees the pottery; Vera, a viewer, the lamps."""
    folder, port = tmp_path_factory.mktemp("hosted"), free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        for name in ("Pottery", "Lamps"):
            load(shop_files.orders(folder / f"{name}.csv", LAST_DAY), Options(store=name))
        members.save("anna@example.com", "analyst", [stores.find("Pottery")])
        members.save("vera@example.com", "viewer", [stores.find("Lamps")])
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(app=f"http://localhost:{port}", provider=provider), encoding="utf-8")
        where = {"DATABASE_URL": shared_database, "ANALYTICS_URL": f"http://localhost:{port}"}
        with started(tmp_path_factory, port, secrets, **where) as running:
            yield running


def sign_in(browser: Any, app: App, name: str, path: str = "/") -> Any:
    """A window of one's own in which somebody has signed in, having asked for a page."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{app.address}{path}")
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_role("button", name=name, exact=True).click(timeout=15_000)
    return page


def ask(page: Any, app: App, path: str) -> Any:
    """The page after it was asked for by its address."""
    page.goto(f"{app.address}{path}")
    page.get_by_role("heading", level=1).first.wait_for(timeout=30_000)
    return page


def title(page: Any, words: str) -> None:
    """The page gets this title."""
    expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible(timeout=30_000)


def said(page: Any, words: str) -> None:
    """The page says this somewhere."""
    expect(page.get_by_text(words).first).to_be_visible(timeout=30_000)


def test_two_people_come_in_each_as_who_they_are_until_they_may_not(hosted: App, browser: Any) -> None:
    # signing in leads on to the address that was asked for
    anna = sign_in(browser, hosted, "anna", f"/sales?{WHOLE}&grain=week")
    expect(anna).to_have_url(re.compile(r"/sales\?.*grain=week"), timeout=30_000)
    title(anna, "Sales")
    said(anna, "1 – 20 Mar 2026")
    vera = sign_in(browser, hosted, "vera")
    title(vera, "Overview")

    # a viewer's menu has no import, and the address of one does not run it
    vera.get_by_role("button", name="Data", exact=True).click()
    said(vera, "Agreement")
    assert vera.get_by_role("link", name="Import").count() == 0
    for path in ("/import", "/history", "/settings", "/people", "/audit"):
        title(ask(vera, hosted, path), "This page is not open to you")
        assert vera.locator("[data-testid=stFileUploader]").count() == 0
    title(ask(anna, hosted, "/people"), "This page is not open to you")

    # what the analyst takes back is gone for the viewer at her next look
    ask(anna, hosted, "/history")
    title(anna, "History")
    for page in (anna, vera):  # each sees her store's alone, and nothing of the other's, whatever the address asks for
        ask(page, hosted, f"/sales?{WHOLE}")
        said(page, NET_SALES)
    title(ask(vera, hosted, f"/sales?{WHOLE}&store=Pottery"), "Sales")
    said(vera, "This view does not exist")
    ask(vera, hosted, f"/sales?{WHOLE}")
    said(vera, NET_SALES)

    # what Streamlit runs without the app's entry is run as her: a part of a dialog, and a file made by a click
    how(vera)
    expect(vera.get_by_role("dialog").locator("[data-testid=stCode]").first).to_be_visible(timeout=30_000)
    with vera.expect_download(timeout=30_000) as saved:
        vera.get_by_role("dialog").get_by_role("button", name="CSV").first.click()
    assert "#1001" in Path(saved.value.path()).read_text(encoding="utf-8-sig")

    # off the list while the dialog is open: what is clicked in it leads out of everything
    members.remove("vera@example.com")
    vera.get_by_role("dialog").get_by_text("The query that ran").click()
    title(vera, "You are not on the list")
    members.save("vera@example.com", "viewer", [stores.find("Lamps")])

    ask(vera, hosted, f"/sales?{WHOLE}")
    said(vera, NET_SALES)
    lamps = stores.find("Lamps")
    with actor.acting(actor.Actor("anna@example.com", "analyst")):
        undo.undo(int(_imports(lamps)[0]))
    ask(vera, hosted, f"/sales?{WHOLE}")
    expect(vera.get_by_text(NET_SALES)).to_have_count(0, timeout=30_000)

    # a role that is lowered while she looks holds at her next click
    ask(anna, hosted, "/import")
    expect(anna.locator("[data-testid=stFileUploader]")).to_be_visible(timeout=30_000)
    members.save("anna@example.com", "viewer", [stores.find("Pottery")])
    anna.get_by_role("button", name="Load the sample shop").click()
    title(anna, "This page is not open to you")

    # signing out ends the other window, too, and a copy of the cookie
    copied = anna.context.cookies()
    other = ask(anna.context.new_page(), hosted, f"/sales?{WHOLE}")
    title(other, "Sales")
    ask(anna, hosted, "/account").get_by_role("button", name="Sign out").click(timeout=30_000)
    expect(anna).to_have_url(re.compile("/oauth2/end_session"), timeout=30_000)  # the provider asks whether there, too
    title(ask(anna, hosted, "/sales"), "Storeledger")
    other.get_by_text("month", exact=True).first.click()
    title(other, "Sign in again")
    kept = browser.new_context()
    kept.add_cookies(copied)
    title(ask(kept.new_page(), hosted, "/sales"), "Sign in again")
    title(ask(vera, hosted, "/sales"), "Sales")


def how(page: Any) -> None:
    """Open how net sales are computed, and in it the query that ran."""
    page.get_by_role("button", name="How", exact=True).first.click()
    page.get_by_role("dialog").get_by_text("The query that ran").click(timeout=30_000)


def _imports(store: int) -> list[int]:
    from analytics import imports

    return list(imports.history((store,))["import_id"])


def test_strangers_and_made_up_cookies_come_no_further_than_the_door(hosted: App, browser: Any) -> None:
    eve = sign_in(browser, hosted, "eve")
    title(eve, "You are not on the list")
    said(eve, "olga@example.com")
    title(ask(eve, hosted, "/import"), "You are not on the list")
    assert "Pottery" not in eve.content() and "Lamps" not in eve.content()
    real = next(each for each in eve.context.cookies() if each["name"] == COOKIE)["value"]
    una = sign_in(browser, hosted, "una")
    title(una, "Your address is not confirmed")
    forged = browser.new_context()
    payload, *signature = real.strip('"').split(".")
    for value in (f"{payload[:-4]}AAAA.{'.'.join(signature)}", real[:-3], "e30.x.y"):
        forged.clear_cookies()
        forged.add_cookies([{"name": COOKIE, "value": value, "url": hosted.address}])
        page = ask(forged.new_page(), hosted, "/sales")
        title(page, "Storeledger")
        page.close()
    away = audit.entries(1)
    assert list(away.loc[away["action"] == "turned away", "subject"]).count("eve@example.com") == 1
