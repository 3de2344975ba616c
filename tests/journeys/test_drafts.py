"""Words on a laptop: somebody types about a child while the network, the page, the server or the session goes away."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.factories import PASSWORD, staff
from tests.people.children import as_seen_by, child
from tests.support.processes import wait_until
from tests.support.served import Served
from waypost.access.models import Staff
from waypost.people.models import Child as AChild
from waypost.people.models import Draft, Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "She said the bus was late again."
SAVED = "Saved as a draft. Not part of the record yet."
KEPT = "Kept on this device, not saved."
SOON = 15_000  # milliseconds, on a machine that has other things to do
DUMP = """async () => {
    const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
    for (const {name} of await indexedDB.databases()) {
        const db = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
        for (const store of db.objectStoreNames) {
            const all = await new Promise((done) => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
            for (const one of all) for (const [key, value] of Object.entries(one)) {
                const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
                found.push(`${key}: ${bytes instanceof Uint8Array ? new TextDecoder("latin1").decode(bytes) : value}`);
            }
        }
        db.close();
    }
    return found;
}"""


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def ellis(worker: Staff) -> AChild:
    with transaction.atomic():
        return child(worker)


@pytest.fixture
def form(worker: Staff, ellis: AChild, browser_as: Callable[[Any], Page], live_server: Any) -> Page:
    """The form for what happened, in a browser where the worker has signed in."""
    page = browser_as(worker)
    page.goto(f"{live_server.url}/children/{ellis.pk}/say/entry/")
    ready(page)
    return page


def ready(page: Page) -> None:
    """The module has started and has its key."""
    expect(page.locator("[data-draft-started]")).to_be_attached(timeout=SOON)
    locks = "navigator.locks.query().then((all) => all.held.length)"
    wait_until(lambda: page.evaluate(locks), "the page holds its lock")


def words(page: Page) -> Any:
    return page.get_by_label("What happened", exact=True)


def line(page: Page) -> Any:
    return page.locator("[data-draft-words]")


def dump(page: Page) -> str:
    return "\n".join(page.evaluate(DUMP))


def is_kept(page: Page) -> bool:
    return "closed: " in dump(page)


def in_drafts(by: Staff) -> list[str]:
    """What the server holds."""
    with transaction.atomic():
        as_seen_by(by)
        return [draft.typed.get("words", "") for draft in Draft.objects.visible_to(by)]


def sign_in(page: Page, person: Staff) -> None:
    page.get_by_label("Your e-mail").fill(person.email)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_what_is_typed_is_saved_and_becomes_part_of_the_record(
    form: Page, worker: Staff, live_server: Any, complaints: list[str], axe: Any, shot: Any
) -> None:
    # Given a form that says that nothing of it is part of the record
    expect(line(form)).to_contain_text("Not part of the record yet.")
    axe(form)

    # When the worker types and pauses
    words(form).press_sequentially(WORDS)
    expect(line(form)).to_contain_text("The newest words are not saved yet.")

    # Then it is saved as a draft, said once, and nothing stays on the device
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    expect(form.locator("[data-draft-said]")).to_have_text(SAVED)
    assert in_drafts(worker) == [WORDS]
    assert not is_kept(form)
    axe(form)
    shot(form, "draft-saved")

    # And it is back when the form is opened again, and listed as not part of the record
    form.goto(f"{live_server.url}/drafts/")
    axe(form)
    shot(form, "drafts")
    form.get_by_role("button", name="Go on with it").click()
    expect(words(form)).to_have_value(WORDS)
    axe(form)
    shot(form, "draft-resumed")

    # And once it is saved to the record there is no draft any more
    today = form.evaluate("[new Date().getDate(), new Date().getMonth() + 1, new Date().getFullYear()]")
    for box, value in zip(("Day", "Month", "Year"), today, strict=True):
        form.get_by_label(box, exact=True).first.fill(str(value))
    form.get_by_label("What kind").select_option("note")
    form.get_by_role("button", name="Save to the record").click()
    expect(form.get_by_role("status").filter(has_text="it is in the record")).to_be_visible()
    assert in_drafts(worker) == []
    assert recorded(worker) == [WORDS]
    wait_until(lambda: form.evaluate("localStorage.getItem('wp-kept')") is None, "nothing is kept")
    assert not is_kept(form)
    complaints.clear()  # what was kept in case the button's post was lost is answered: it is in the record


def recorded(by: Staff) -> list[str]:
    with transaction.atomic():
        as_seen_by(by)
        return list(Entry.objects.values_list("words", flat=True))


def test_the_network_is_cut(form: Page, worker: Staff, complaints: list[str], axe: Any, shot: Any) -> None:
    words(form).fill("Before.")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    form.context.set_offline(True)
    words(form).press_sequentially(f" {WORDS}")
    expect(line(form)).to_contain_text(KEPT, timeout=SOON)
    expect(line(form)).not_to_contain_text("Saved as")
    assert is_kept(form)
    assert "bus" not in dump(form)
    axe(form)
    shot(form, "draft-kept")
    assert in_drafts(worker) == ["Before."]
    form.context.set_offline(False)
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == [f"Before. {WORDS}"]
    assert not is_kept(form)
    complaints.clear()


def test_the_network_is_cut_and_the_tab_is_killed(
    form: Page, worker: Staff, live_server: Any, complaints: list[str]
) -> None:
    # Given words typed without a network, without a pause, a moment before the page dies
    address = form.url
    form.context.set_offline(True)
    words(form).press_sequentially("one two three four five six seven eight nine ten " * 4, delay=20)
    typed = words(form).input_value()
    form.wait_for_timeout(1000)
    complaints.clear()
    kill(form)

    # When the same person opens the form in the same browser
    again = form.context.new_page()
    form.context.set_offline(False)
    again.goto(address)

    # Then the words are back, and go to the server
    expect(words(again)).to_have_value(typed, timeout=SOON)
    expect(line(again)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == [typed]
    assert not is_kept(again)


@pytest.fixture
def served() -> Iterator[Served]:
    running = Served().start()
    yield running
    running.kill()


@pytest.mark.slow
def test_the_server_is_killed(page: Page, worker: Staff, ellis: AChild, served: Served, complaints: list[str]) -> None:
    # Given a form of which a part is saved
    client = Client()
    client.force_login(worker)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.address}])
    page.goto(f"{served.address}/children/{ellis.pk}/say/entry/")
    ready(page)
    words(page).fill("Before.")
    expect(line(page)).to_contain_text(SAVED, timeout=SOON)

    # When the server is killed under it
    served.kill()
    words(page).press_sequentially(f" {WORDS}")
    expect(line(page)).to_contain_text(KEPT, timeout=SOON)
    assert "bus" not in dump(page)
    complaints.clear()
    kill(page)

    # Then once there is a server again, the words are back and go to it
    served.start()
    again = page.context.new_page()
    again.goto(page.url)
    expect(words(again)).to_have_value(f"Before. {WORDS}", timeout=SOON)
    expect(line(again)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == [f"Before. {WORDS}"]

    # And a page that stays open needs nobody to do anything
    served.kill()
    words(again).press_sequentially(" More.")
    expect(line(again)).to_contain_text(KEPT, timeout=SOON)
    served.start()
    expect(line(again)).to_contain_text(SAVED, timeout=3 * SOON)
    assert in_drafts(worker) == [f"Before. {WORDS} More."]
    assert not is_kept(again)


def kill(page: Page) -> None:
    """The page's process is killed: nothing tells the page."""
    session = page.context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    with page.expect_event("crash"):
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
    page.close()


def test_signed_out_elsewhere(
    form: Page, worker: Staff, live_server: Any, complaints: list[str], axe: Any, shot: Any
) -> None:
    # Given a form half full, whose session has ended meanwhile
    words(form).fill("Before.")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    end_sessions()
    words(form).press_sequentially(f" {WORDS}")

    # Then the page says where the words are, and how they come back
    expect(line(form)).to_contain_text(f"{KEPT} You were signed out.", timeout=SOON)
    assert "bus" not in dump(form)
    axe(form)
    shot(form, "draft-signed-out")

    # And after signing in again they are back
    form.get_by_role("link", name="Sign in again").first.click()
    sign_in(form, worker)
    expect(words(form)).to_have_value(f"Before. {WORDS}", timeout=SOON)
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == [f"Before. {WORDS}"]
    assert not is_kept(form)


def end_sessions() -> None:
    Session.objects.all().delete()


def test_signed_out_and_the_button_is_pressed_at_once(form: Page, worker: Staff) -> None:
    end_sessions()
    words(form).fill(WORDS)
    form.get_by_role("button", name="Save to the record").click()
    sign_in(form, worker)
    expect(words(form)).to_have_value(WORDS, timeout=SOON)
    assert recorded(worker) == []


def test_a_form_that_was_given_no_key_is_saved_all_the_same(
    worker: Staff, ellis: AChild, browser_as: Callable[[Any], Page], live_server: Any, complaints: list[str], shot: Any
) -> None:
    # Given a page whose key never came
    page = browser_as(worker)
    page.route("**/drafts/key", lambda route: route.abort())
    page.goto(f"{live_server.url}/children/{ellis.pk}/say/need/")
    expect(page.locator("[data-draft-started]")).to_be_attached(timeout=SOON)

    # When its words cannot be saved, then it says that they are nowhere but on the page
    page.context.set_offline(True)
    page.get_by_label("What the need is").fill(WORDS)
    expect(line(page)).to_contain_text("Not saved, and nothing can be kept on this device", timeout=SOON)
    shot(page, "draft-nowhere")
    page.context.set_offline(False)
    expect(line(page)).to_contain_text(SAVED, timeout=SOON)

    # And the button works as on any other form
    page.get_by_label("What area").select_option(index=1)
    page.get_by_role("button", name="Save to the record").click()
    expect(page.get_by_text("A need: it is in the record.")).to_be_visible()
    complaints.clear()


def test_signed_in_again_on_another_page_of_the_browser(
    form: Page, worker: Staff, live_server: Any, complaints: list[str]
) -> None:
    end_sessions()
    words(form).fill(WORDS)
    expect(line(form)).to_contain_text("You were signed out.", timeout=SOON)
    other = form.context.new_page()
    other.goto(f"{live_server.url}/drafts/")
    sign_in(other, worker)
    other.get_by_role("heading", name="Not part of the record yet").wait_for()
    other.close()
    words(form).press_sequentially(" More.")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == [f"{WORDS} More."]
    complaints.clear()


def test_another_person_at_the_same_browser_reads_nothing(
    form: Page, worker: Staff, ellis: AChild, live_server: Any, complaints: list[str]
) -> None:
    # Given words kept on a device, and its page gone
    head = staff("head_of_service")
    address = form.url
    end_sessions()
    words(form).fill(WORDS)
    expect(line(form)).to_contain_text(KEPT, timeout=SOON)
    form.get_by_role("link", name="Sign in again").first.click()

    # When somebody else signs in there, who may open the same form
    sign_in(form, head)
    ready(form)
    form.wait_for_timeout(1500)

    # Then the words are neither in their form, nor sent as theirs, nor readable in the browser's storage
    assert form.url == address
    expect(words(form)).to_have_value("")
    assert is_kept(form)
    assert not re.search("bus|late", dump(form))
    kept = "\n".join(each for each in form.evaluate(DUMP) if not each.startswith("{"))
    assert not re.search(f"words|entry|say|{ellis.pk}|{worker.pk}", kept)
    assert in_drafts(head) == in_drafts(worker) == []

    # And three days later they are gone, whoever is signed in
    form.clock.install()
    form.clock.fast_forward(72 * 60 * 60 * 1000 + 60_000)
    form.goto(f"{live_server.url}/my-account/")
    wait_until(lambda: form.evaluate("localStorage.getItem('wp-kept')") is None, "nothing is kept")
    assert not is_kept(form)


def test_a_page_left_open_saves_nothing_as_another_person(
    form: Page, worker: Staff, live_server: Any, complaints: list[str]
) -> None:
    head = staff("head_of_service")
    other = form.context.new_page()
    other.goto(f"{live_server.url}/")
    other.get_by_role("button", name="Sign out").click()
    sign_in(other, head)
    other.get_by_role("heading", name="What needs the service today").wait_for()
    words(form).fill(WORDS)
    expect(line(form)).to_contain_text("Somebody else has signed in on this browser.", timeout=SOON)
    assert in_drafts(head) == in_drafts(worker) == []
    complaints.clear()


def test_two_pages_with_one_form(
    form: Page, worker: Staff, live_server: Any, complaints: list[str], axe: Any, shot: Any
) -> None:
    # Given two pages with the same form
    other = form.context.new_page()
    other.goto(form.url)
    ready(other)
    words(form).fill("From the first page.")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)

    # When the second saves as well, it is not saved: both texts are shown
    words(other).fill("From the second page.")
    expect(line(other)).to_contain_text("Other words of yours were saved from another page.", timeout=SOON)
    section = other.get_by_role("region", name="Your other words")
    expect(section).to_contain_text("From the first page.")
    expect(words(other)).to_have_value("From the second page.")
    assert in_drafts(worker) == ["From the first page."]
    axe(other)
    shot(other, "draft-two-pages")

    # And the person chooses
    section.get_by_role("button", name="Keep what is in the form").press("Enter")
    expect(line(other)).to_contain_text(SAVED, timeout=SOON)
    assert in_drafts(worker) == ["From the second page."]
    words(form).press_sequentially(" More.")
    form.get_by_role("button", name="Use these words instead").click(timeout=SOON)
    expect(words(form)).to_have_value("From the second page.")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    complaints.clear()


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "الحافلة تأخرت 🚌 公交车又晚点了 Nid oedd y bws yno.\nSecond line."],
    ids=["long", "scripts"],
)
def test_words_of_any_length_and_script(form: Page, worker: Staff, typed: str, complaints: list[str]) -> None:
    form.context.set_offline(True)
    words(form).fill(typed)
    expect(line(form)).to_contain_text(KEPT, timeout=SOON)
    complaints.clear()
    kill(form)
    again = form.context.new_page()
    again.context.set_offline(False)
    again.goto(form.url)
    expect(words(again)).to_have_value(typed, timeout=SOON)
    expect(line(again)).to_contain_text(SAVED, timeout=SOON)
    assert [text.replace("\r\n", "\n") for text in in_drafts(worker)] == [typed]


def test_a_character_that_cannot_be_kept_is_refused_kindly(form: Page, worker: Staff, complaints: list[str]) -> None:
    words(form).evaluate("(box) => { box.value = 'a\\0b'; box.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(line(form)).to_contain_text("There is a character in it that cannot be kept", timeout=SOON)
    assert in_drafts(worker) == []
    words(form).fill("ab")
    expect(line(form)).to_contain_text(SAVED, timeout=SOON)
    complaints.clear()


def test_without_a_script_the_form_is_posted_as_any_other(
    browser: Browser, worker: Staff, ellis: AChild, live_server: Any
) -> None:
    client = Client()
    client.force_login(worker)
    context = browser.new_context(java_script_enabled=False)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/children/{ellis.pk}/say/need/")
    expect(line(page)).to_contain_text("Not part of the record yet.")
    page.get_by_label("What area").select_option(index=1)
    page.get_by_label("What the need is").fill(WORDS)
    page.get_by_role("button", name="Save to the record").click()
    expect(page.get_by_text("A need: it is in the record.")).to_be_visible()
    context.close()
