"""Who may do what on the pages: the matrix of roles and actions, cell by cell; the pages of people, of the log and of a login."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

import shop_files
from analytics import actor, audit, db, members, sign_ins, workbook
from analytics.actor import ACTIONS, ROLES, Actor
from analytics.ingest.load import Options, load
from pages.ui import gate, login, navigation, people_panels, tables
from pages.ui.gate import Visit
from pages.ui.login import TurnedAway
from screens import CALENDAR, HISTORY, IMPORT, OVERVIEW, PAGES, SALES, SETTINGS, come_in, open_page, words

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, AUDIT, ACCOUNT = "pages/data/people.py", "pages/data/audit.py", "pages/data/account.py"
ANNA = "anna@example.com"
HOSTED = {"Host": "shop.example", "X-Forwarded-For": "203.0.113.9"}
CLAIMS = {"is_logged_in": True, "email": "Anna@Example.com", "iss": "https://id.example", "sub": "7", "nonce": "n"}


@pytest.fixture(scope="module")
def imported(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with a shop in it, and Anna, an owner, on the list."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        load(shop_files.orders(tmp_path_factory.mktemp("shop") / "o.csv", date(2026, 3, 20)), Options(store="Pottery"))
        members.save(ANNA, "owner")
    return second_database


@pytest.fixture
def shop(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", imported)
    for name in ("ANALYTICS_URL", "ANALYTICS_OWNER"):
        monkeypatch.delenv(name, raising=False)
    come_in(monkeypatch)


@pytest.fixture
def hosted(shop: None, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The app under an address of its own, with a login; what the identity provider says is given by `say`."""
    monkeypatch.setenv("ANALYTICS_URL", "https://shop.example")
    monkeypatch.setattr("pages.ui.gate.visitor", lambda: ("203.0.113.9", HOSTED))
    monkeypatch.setattr("pages.ui.login.is_configured", lambda: True)
    say(monkeypatch, {})
    return monkeypatch


def say(patch: pytest.MonkeyPatch, claims: dict[str, Any]) -> None:
    """Let the identity provider vouch for this."""
    patch.setattr("pages.ui.login.claims", lambda: claims)


def now() -> float:
    """The time as an identity provider writes it."""
    return datetime.now(UTC).timestamp()


def come_as(patch: pytest.MonkeyPatch, role: str) -> None:
    """Let the visitor be somebody with a role."""
    patch.setattr("pages.ui.gate.admit", lambda visit, is_active=True: Actor(ANNA, role))


def is_refused(screen: AppTest) -> bool:
    """Whether a page says that it is not open, and shows nothing else."""
    is_so = screen.title[0].value == "This page is not open to you"
    assert not is_so or not (screen.metric or screen.dataframe or screen.button or screen.get("file_uploader"))
    return is_so


def keys(screen: AppTest) -> set[str]:
    """The buttons of a page."""
    return {str(button.key or button.label) for button in screen.button}


def test_every_cell_of_the_matrix_holds_on_the_pages(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links have pages of their own (see the tests of links); whoever is nobody has none."""
    for role in ("viewer", "analyst", "owner"):
        come_as(monkeypatch, role)
        sales, calendar = open_page(SALES), open_page(CALENDAR)
        seen = {
            "read": bool(sales.metric),
            "browse": not is_refused(sales),
            "save views": "save_view" in keys(sales),
            "edit": "Save events" in keys(calendar),
            "import": not is_refused(open_page(HISTORY)),
            "settings": not is_refused(open_page(SETTINGS)),
            "people": not is_refused(open_page(AUDIT)),
        }
        assert seen == {action: Actor("", role).may(action) for action in seen}, role
        assert calendar.title[0].value == "Calendar"
    monkeypatch.setattr("pages.ui.gate.admit", lambda visit, is_active=True: gate.SHOW_ROOM)
    assert "save_view" not in keys(open_page(SALES)), "a guest leaves nothing behind"


def test_a_page_below_ones_role_does_not_run_under_its_address(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [place for places in navigation.PLACES.values() for place in places if place.takes != "browse"]
    assert {place.takes for place in places} >= {"import", "settings", "people"}
    for place in places:
        below = ROLES[ROLES.index(ACTIONS[place.takes][0]) - 1]
        come_as(monkeypatch, below)
        screen = open_page(f"pages/{place.script}.py")
        assert is_refused(screen) and place.title in words(screen), place
    for role in ("nobody", "link"):
        come_as(monkeypatch, role)
        assert [page for page in PAGES if not is_refused(open_page(page))] == []


def test_a_viewer_sees_no_way_to_the_import(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)
    come_as(monkeypatch, "viewer")
    screen = open_page(SALES)
    assert "Nothing is here yet" in [each.value for each in screen.subheader]
    assert not screen.button and "takes the role of an analyst" in words(screen)


def test_the_readme_has_the_matrix_of_the_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    roles = ROLES[1:]
    lines = [f"| to | {' | '.join(roles)} |"] + [
        f"| {said} | {' | '.join('yes' if Actor('', role).may(action) else '–' for role in roles)} |"
        for action, (_, said) in ACTIONS.items()
    ]
    found = [line for line in readme.splitlines() if re.match(r"\| (to|.* (yes|–) \|)", line) and line.count("|") == 6]
    assert [line for line in found if line in lines or "yes" in line] == lines


def test_an_owner_puts_people_on_the_list_and_the_log_has_it(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)
    screen = open_page(PEOPLE)
    assert "nobody here has to sign in" in words(screen)
    screen.text_input[0].set_value("Vera@Example.com")
    assert [button.label for button in screen.button] == ["Add"]
    screen.selectbox[1].set_value("analyst")
    screen.button(key="save_person").click().run()
    assert list(members.everyone()[["email", "role"]].iloc[0]) == ["vera@example.com", "analyst"]
    screen.selectbox[0].set_value("vera@example.com").run()
    assert screen.selectbox[1].value == "analyst"
    screen.multiselect[0].set_value([])
    screen.button(key="save_person").click().run()
    assert "Choose at least one store" in words(screen), "nobody sees more because nothing is chosen"
    screen.button(key="remove_person").click().run()
    assert members.everyone().empty and "is off the list" in words(screen)
    screen.text_input[0].set_value("not an address")
    screen.button(key="save_person").click().run()
    assert "is not an e-mail address" in words(screen)
    audited = open_page(AUDIT, {"did": "member added"})
    assert list(audited.dataframe[0].value["subject"]) == ["vera@example.com"]
    assert "1 entry by 1 name" in words(audited)


def admitted(**said: Any) -> Actor:
    """Whom the gate makes of what a provider says."""
    return gate.admit(Visit("203.0.113.9", HOSTED, None, CLAIMS | {"iat": now()} | said if said != {"out": 1} else {}))


def test_a_login_makes_an_actor_of_a_confirmed_address_only(hosted: pytest.MonkeyPatch) -> None:
    assert admitted() == Actor(ANNA, "owner")
    assert admitted(email_verified=True, nonce="m") == Actor(ANNA, "owner")
    for said, title in (
        ({"email_verified": False}, "Your address is not confirmed"),
        ({"email_verified": "false"}, "Your address is not confirmed"),
        ({"email": None}, "Your address is not confirmed"),
        ({"iat": None}, "This sign-in cannot be used"),
        ({"email": "eve@example.com"}, "You are not on the list"),
        ({"iat": now() - 3 * 3600, "nonce": "old"}, "Sign in again"),
        ({"out": 1}, "Storeledger"),
    ):
        with pytest.raises(TurnedAway) as away:
            admitted(**said)
        assert away.value.title == title


def test_the_gate_asks_for_the_name_then_the_link_then_the_login(hosted: pytest.MonkeyPatch) -> None:
    claims = CLAIMS | {"iat": now()}
    for visit, title in (
        (Visit("203.0.113.9", {"Host": "evil.example"}, None, claims), "This page is private"),
        (Visit(None, HOSTED, None, claims), "This page is private"),
        (Visit("203.0.113.9", HOSTED, "made up", claims), "This link opens nothing"),
        (Visit("203.0.113.9", HOSTED, "", claims), "This link opens nothing"),
    ):
        with pytest.raises(TurnedAway) as away:
            gate.admit(visit)
        assert away.value.title == title or (away.value.title.startswith("This link") and title.startswith("This link"))
    hosted.setattr("pages.ui.login.is_configured", lambda: False)
    with pytest.raises(TurnedAway, match="by link only"):
        gate.admit(Visit("203.0.113.9", HOSTED))
    hosted.delenv("DATABASE_URL")
    guest = gate.admit(Visit("203.0.113.9", HOSTED))
    assert guest.role == "viewer" and [action for action in ACTIONS if guest.may(action)] == ["read", "browse"]
    hosted.delenv("ANALYTICS_URL")
    assert gate.admit(Visit("::1", {"Host": "localhost"})) == actor.OWNER
    with pytest.raises(TurnedAway):
        gate.admit(Visit("203.0.113.9", HOSTED, None, claims))


def test_whoever_has_not_signed_in_sees_a_button_and_no_name_of_the_shop(hosted: pytest.MonkeyPatch) -> None:
    for page in (OVERVIEW, IMPORT, PEOPLE):
        screen = open_page(page)
        assert [button.label for button in screen.button] == ["Sign in"]
        assert not screen.metric and not screen.dataframe and "Pottery" not in words(screen)
    say(hosted, CLAIMS | {"iat": now(), "email": "eve@example.com"})
    screen = open_page(SALES)
    assert screen.title[0].value == "You are not on the list" and "eve@example.com" in words(screen)
    assert [button.label for button in screen.button] == ["Sign out"] and "Pottery" not in words(screen)


def test_a_callback_and_a_file_act_as_nobody_else_than_the_visitor_of_that_moment(hosted: pytest.MonkeyPatch) -> None:
    say(hosted, CLAIMS | {"iat": now(), "nonce": "x"})
    done: list[str] = []
    act, make = (
        gate.callback(lambda: done.append(actor.current().role)),
        gate.file(lambda: actor.current().name.encode()),
    )
    with actor.acting(actor.NOBODY):
        act()
        assert (done, make()) == (["owner"], ANNA.encode())
        assert actor.current() is actor.NOBODY
        sign_ins.sign_out(ANNA)
        act()
        assert done == ["owner"]
        with pytest.raises(TurnedAway):
            make()


def test_signing_out_on_the_page_ends_the_sign_in(hosted: pytest.MonkeyPatch) -> None:
    with db.transaction() as cursor:
        cursor.execute("delete from signed_out")
    say(hosted, CLAIMS | {"iat": now(), "nonce": "y"})
    screen = open_page(ACCOUNT)
    assert "You may look at the shop's numbers" in words(screen)
    screen.button(key="sign_out").click().run()
    assert screen.title[0].value == "Sign in again"


def test_the_log_can_be_saved_as_a_workbook(shop: None) -> None:
    rows = tables.labelled(audit.entries(1), people_panels.ENTRIES)
    kinds = [about.kind for about in people_panels.ENTRIES.values()]
    sheet = CalamineWorkbook.from_filelike(BytesIO(workbook.excel(rows, kinds, []))).get_sheet_by_index(0)
    assert sheet.to_python()[0][:3] == ["When", "Who", "Did"]


def test_a_wrong_address_of_the_app_is_told(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYTICS_URL", "shop.example")
    assert "ANALYTICS_URL is not an address" in words(open_page(OVERVIEW))


def test_a_database_that_is_gone_is_told_without_where_it_is(hosted: pytest.MonkeyPatch) -> None:
    say(hosted, CLAIMS | {"iat": now(), "nonce": "z"})
    hosted.setenv("DATABASE_URL", "postgresql://anna:hunter2@127.0.0.1:1/shop")
    screen = open_page(SALES)
    assert [each.value for each in screen.error] == [
        "The database of this page does not answer. Try again in a moment. This page tries again by itself."
    ]
    assert not screen.title and not screen.metric


def test_the_providers_of_the_secrets_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"client_id": "x"}
    for section, labels in (
        ({"client_id": "x", "redirect_uri": "y"}, ["Sign in"]),
        ({"redirect_uri": "y", "google": about, "microsoft": about}, ["Sign in with Google", "Sign in with Microsoft"]),
    ):
        monkeypatch.setattr("pages.ui.login.get_secrets_auth_section", lambda section=section: section)
        assert [label for _, label in login._providers()] == labels
