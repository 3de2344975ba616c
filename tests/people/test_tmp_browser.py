from __future__ import annotations
from typing import Any
import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories import staff
from tests.people.children import child
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

def test_x(browser_as: Any, live_server: Any) -> None:
    with transaction.atomic():
        worker = staff("practitioner")
        ellis = child(worker)
    page = browser_as(worker)
    page.goto(f"{live_server.url}{reverse('child_say', kwargs={'pk': ellis.pk, 'kind': 'health'})}")
    page.evaluate("""() => { window.seen=[]; for (const e of ['mousedown','mouseup','click','submit','change','input']) document.addEventListener(e, h => window.seen.push(Math.round([...document.querySelectorAll('button')].pop().getBoundingClientRect().top)+' '+window.scrollY+' '+e+':'+h.target.tagName+':'+(h.target.name||h.target.textContent||'').slice(0,30)+':'+h.defaultPrevented), true); }""")
    page.get_by_label("What kind").select_option("dental")
    page.get_by_label("What is known").fill("kestrel at the dentist.")
    page.screenshot(path="/tmp/a.png", full_page=True)
    page.get_by_role("button", name="Save to the record").click()
    page.wait_for_timeout(4000)
    page.screenshot(path="/tmp/b.png", full_page=True)
    print(page.url, page.evaluate("() => window.seen"))
