"""Every component, in a browser: nothing axe finds, nothing the policy stops, nothing too wide, all of it by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories import service, staff

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

# What a person can reach with Tab, in the order of the page; of a group of radio buttons the browser stops at one.
REACHABLE = """() => {
  const seen = new Set();
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(e => {
    if (e.type === 'hidden' || e.disabled || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== 'radio') return true;
    return !seen.has(e.name) && seen.add(e.name);
  }).map((e, n) => { e.dataset.reach = n; return n; });
}"""
FOCUSED = """() => {
  const e = document.activeElement, hit = e.querySelector('.wp-hit');
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const label = e.labels?.[0] && getComputedStyle(e, '::before').outlineStyle;
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || (hit && getComputedStyle(hit).strokeWidth === '3px');
  return {reach: e.dataset.reach ?? null, what: e.outerHTML.slice(0, 90), shown: Boolean(shown || label), on: box.width > 0};
}"""


@pytest.fixture
def gallery(browser_as, live_server) -> Page:
    service()
    page = browser_as(staff(role="manager", name="Imogen Fenwick"))
    page.goto(f"{live_server.url}/design/")
    return page


def test_nothing_is_wrong_wide_or_narrow(gallery, axe, shot):
    axe(gallery)
    shot(gallery, "design")
    gallery.set_viewport_size(NARROW)
    axe(gallery)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
def test_all_of_it_is_reached_by_tab_in_order_and_the_focus_shows(gallery, size):
    gallery.set_viewport_size(size)
    expected = gallery.evaluate(REACHABLE)
    found = []
    for _ in expected:
        gallery.keyboard.press("Tab")
        found.append(gallery.evaluate(FOCUSED))
    assert len(expected) > 60
    assert [int(at["reach"]) for at in found] == expected
    assert [at["what"] for at in found if not at["shown"]] == []


@pytest.mark.parametrize(
    ("planted", "directive"),
    [
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')", "style-src"),
        (
            "document.body.appendChild(Object.assign(document.createElement('style'), {textContent: 'p{}'}))",
            "style-src",
        ),
        (
            "document.body.appendChild(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))",
            "script-src",
        ),
        (
            'document.body.insertAdjacentHTML(\'beforeend\', \'<a id="x" href="#" onclick="window.ran = 1">x</a>\')',
            "script-src",
        ),
        ("new Image().src = 'https://example.org/x.png'", "img-src"),
        ("fetch('https://example.org/').catch(() => 0)", "connect-src"),
        ("document.body.appendChild(Object.assign(document.createElement('iframe'), {src: '/design/'}))", "frame-src"),
        ("document.head.appendChild(Object.assign(document.createElement('base'), {href: '/elsewhere/'}))", "base-uri"),
    ],
)
def test_what_is_planted_is_stopped_and_heard(gallery, complaints, planted, directive):
    assert complaints == []
    gallery.evaluate(f"() => {{ {planted} }}")
    gallery.wait_for_timeout(100)
    assert any("policy" in line.lower() and directive in line for line in complaints), complaints
    assert gallery.evaluate("window.ran") is None
    gallery.goto("about:blank")  # whatever else it has to say of what was planted is said by now
    complaints.clear()


def test_htmx_may_not_evaluate(gallery):
    config = gallery.evaluate("({...htmx.config})")
    assert (config["allowEval"], config["includeIndicatorStyles"], config["historyCacheSize"]) == (False, False, 0)


def test_no_font_is_fetched_and_nothing_is_missing(gallery):
    asked = []
    gallery.on("response", lambda response: asked.append((response.url, response.status)))
    gallery.reload()
    assert [url for url, status in asked if status >= 400 or "/fonts/" in url] == []
    assert len(asked) >= 6


def test_errors_are_summed_up_and_lead_to_the_box(gallery, axe, shot):
    gallery.get_by_role("button", name="Save", exact=True).click()
    expect(gallery).to_have_title("Error: Components – Waypost")
    summary = gallery.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter finish").click()
    expect(gallery.locator("#id_finish-day")).to_be_focused()
    axe(gallery)
    shot(gallery, "design-errors")


def test_filters_sort_and_pages_are_in_the_address(gallery):
    gallery.get_by_label("Status", exact=True).select_option("overdue")
    gallery.get_by_role("button", name="Filter").click()
    gallery.get_by_role("link", name="Due", exact=True).click()
    gallery.get_by_role("navigation", name="Pages").get_by_role("link", name="Next").click()
    assert gallery.url.endswith("?status=overdue&order=due&page=2")
    expect(gallery.get_by_role("columnheader", name="Due")).to_have_attribute("aria-sort", "ascending")
    gallery.get_by_role("link", name="Drop this filter: Status, Overdue (20)").click()
    assert "status" not in gallery.url


def test_the_list_stands_for_the_picture_where_there_is_no_room(gallery):
    picture = gallery.locator(".wp-thread__picture").first
    listed = gallery.locator(".wp-thread__list").first
    expect(picture).to_be_visible()
    expect(listed).not_to_be_visible()
    gallery.set_viewport_size(NARROW)
    expect(picture).not_to_be_visible()
    expect(listed).to_be_visible()


def test_a_knot_is_read_as_its_stage_and_its_words(gallery):
    thread = gallery.get_by_role("group", name="A child’s thread, from what he said to his review", exact=True)
    expect(thread.get_by_role("link", name="Factors: Afraid of a local group Safety. Added 30 April")).to_be_visible()
    expect(thread.get_by_role("link", name="Review: Review due tomorrow 13 May. Not started")).to_have_count(1)


def test_on_paper_there_is_nothing_to_press(gallery):
    gallery.emulate_media(media="print")
    for gone in (".govuk-service-navigation", ".wp-filters", ".govuk-footer", ".wp-pager", ".wp-header__leave"):
        expect(gallery.locator(gone).first).not_to_be_visible()
    expect(gallery.get_by_role("heading", name="Components")).to_be_visible()
    expect(
        gallery.get_by_text("Show the figures month by month").first.locator("xpath=ancestor::details//table")
    ).to_be_visible()


def test_shapes_stay_in_forced_colours(gallery, axe, shot):
    gallery.emulate_media(forced_colors="active")
    axe(gallery)
    shapes = gallery.locator(".wp-status:not(.wp-status--plain)").evaluate_all(
        "all => all.map(e => { const s = getComputedStyle(e, '::before'); return s.backgroundColor + s.borderStyle; })"
    )
    assert len(shapes) > 10
    assert all(not shape.startswith("rgba(0, 0, 0, 0)none") for shape in shapes)
    shot(gallery, "design-forced-colours")


def test_nothing_moves_for_whoever_asked_that_nothing_move(gallery):
    gallery.emulate_media(reduced_motion="reduce")
    moving = "all => all.filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert gallery.locator("*").evaluate_all(moving) == 0
