"""A bound field becomes GOV.UK's markup: label, hint, error and value, each where it belongs."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest
from django import forms
from django.template import engines

from waypost.ui.fields import KINDS, DayField, MonthField, PlainErrors, errors_of, kind_of


class Sample(PlainErrors, forms.Form):
    name = forms.CharField(label="Outcome", help_text="What will be different.")
    note = forms.CharField(label="Note", widget=forms.Textarea)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    lead = forms.ChoiceField(label="Who leads it?", choices=[("", "---------"), ("a", "Leila"), ("b", "Police")])
    came = forms.ChoiceField(label="Did he come", choices=[("y", "Came"), ("n", "No")], widget=forms.RadioSelect)
    work = forms.MultipleChoiceField(
        label="Work", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Agreed", help_text="By the lead.")
    finish = DayField(label="Finish")
    start = MonthField(label="Start", required=False)
    file = forms.FileField(label="File")
    row = forms.CharField(widget=forms.HiddenInput)


GIVEN = {
    "name": "<b>Less</b>",
    "note": "</textarea><script>",
    "secret": "hunter2",
    "lead": "b",
    "came": "n",
    "work": ["b"],
    "agreed": "on",
    "finish-day": "27",
    "finish-month": "Mar",
    "finish-year": "2026",
    "row": "7",
}


def drawn(call: str, form: forms.Form) -> lxml.html.HtmlElement:
    source = '{% from "ui/forms.html" import field, fields, error_summary %}' + call
    return lxml.html.fromstring(f"<div>{engines['jinja2'].from_string(source).render({'form': form})}</div>")


def test_every_kind_of_widget_has_its_macro():
    assert [kind_of(bound) for bound in Sample()] == [
        *(
            "input",
            "textarea",
            "password",
            "select",
            "radios",
            "checkboxes",
            "checkbox",
            "day",
            "month",
            "file",
            "hidden",
        )
    ]
    assert {kind_of(bound) for bound in Sample()} == {kind for _, kind in KINDS}


def test_what_was_typed_comes_back_escaped_and_a_password_does_not():
    page = drawn("{{ fields(form) }}", Sample(GIVEN))
    assert page.xpath("//input[@id='id_name']/@value") == ["<b>Less</b>"]
    assert page.xpath("//textarea[@id='id_note']")[0].text == "</textarea><script>"
    assert page.xpath("//input[@id='id_secret']/@value") == []
    assert page.xpath("//select[@id='id_lead']/option[@selected]/@value") == ["b"]
    assert page.xpath("//input[@name='came'][@checked]/@value") == ["n"]
    assert page.xpath("//input[@name='work'][@checked]/@value") == ["b"]
    assert page.xpath("//input[@name='agreed'][@checked]/@id") == ["id_agreed"]
    assert page.xpath("//input[starts-with(@name, 'finish-')]/@value") == ["27", "Mar", "2026"]
    assert page.xpath("//input[@name='row'][@type='hidden']/@value") == ["7"]


def test_every_box_has_a_name_a_screen_reader_says():
    page = drawn("{{ fields(form) }}", Sample())
    boxes = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
    labelled = {label.get("for"): label.text_content().strip() for label in page.xpath("//label")}
    assert len(boxes) == 15
    assert all(labelled.get(box.get("id")) for box in boxes)


def test_hint_and_error_are_tied_to_the_box():
    page = drawn("{{ fields(form) }}", Sample({}))
    (described,) = page.xpath("//input[@id='id_name']/@aria-describedby")
    said = [page.get_element_by_id(part).text_content().split() for part in described.split()]
    assert [" ".join(words) for words in said] == ["What will be different.", "Error: Enter outcome"]


def test_a_row_of_dashes_reads_choose():
    page = drawn("{{ field(form.lead) }}", Sample())
    assert [option.text.strip() for option in page.xpath("//option")] == ["Choose", "Leila", "Police"]


def test_the_summary_leads_to_the_box_to_mend():
    form = Sample(GIVEN | {"finish-month": "", "lead": "", "name": ""})
    page = drawn("{{ error_summary(form) }}{{ fields(form) }}", form)
    links = page.xpath("//div[contains(@class, 'govuk-error-summary')]//a")
    assert [(link.text.strip(), link.get("href")) for link in links] == [
        ("Enter outcome", "#id_name"),
        ("Answer ‘Who leads it?’", "#id_lead"),
        ("Finish must include a month", "#id_finish-month"),
        ("Choose file", "#id_file"),
    ]
    assert all(page.get_element_by_id(link.get("href")[1:]) is not None for link in links)


def test_no_errors_no_summary():
    assert drawn("{{ error_summary(form) }}", Sample()).xpath("//*[@role='alert']") == []


def test_an_error_of_the_whole_form_stands_first():
    form = Sample(GIVEN)
    form.add_error(None, "Two people have changed this.")
    assert errors_of(form)[0] == {"text": "Two people have changed this."}


@pytest.mark.parametrize(
    ("day", "month", "year", "read"),
    [
        ("27", "3", "2026", date(2026, 3, 27)),
        ("1", "march", "2026", date(2026, 3, 1)),
        (" 9 ", "Sep", "2026", date(2026, 9, 9)),
        ("29", "2", "2024", date(2024, 2, 29)),
        ("31", "2", "2016", "Finish must be a real date, like 27 3 2026"),
        ("1", "13", "2026", "Finish must be a real date, like 27 3 2026"),
        ("1", "Smarch", "2026", "Finish must be a real date, like 27 3 2026"),
        ("1", "3", "26", "Finish must have a year of four figures"),
        ("1", "3", "", "Finish must include a year"),
        ("", "", "2026", "Finish must include a day and month"),
        ("", "", "", "Enter finish"),
    ],
)
def test_a_day_in_three_boxes(day, month, year, read):
    form = Sample(GIVEN | {"finish-day": day, "finish-month": month, "finish-year": year})
    form.full_clean()
    assert form.cleaned_data.get("finish", form.errors.get("finish", [""])[0]) == read


@pytest.mark.parametrize(
    ("month", "year", "read"),
    [("5", "2015", date(2015, 5, 1)), ("", "", None), ("May", "2015", date(2015, 5, 1)), ("5", "", "include a year")],
)
def test_a_month_in_two_boxes(month, year, read):
    form = Sample(GIVEN | {"start-month": month, "start-year": year})
    form.full_clean()
    if isinstance(read, str):
        assert read in form.errors["start"][0]
    else:
        assert form.cleaned_data["start"] == read


def test_a_day_already_known_fills_its_boxes():
    page = drawn("{{ field(form.finish) }}", Sample(initial={"finish": date(2026, 3, 27)}))
    assert page.xpath("//input/@value") == ["27", "3", "2026"]


def test_a_day_left_as_it_was_has_not_changed():
    same = {"finish-day": "27", "finish-month": "3", "finish-year": "2026"}
    assert "finish" not in Sample(same, initial={"finish": date(2026, 3, 27)}).changed_data
    assert "finish" in Sample(same | {"finish-day": "28"}, initial={"finish": date(2026, 3, 27)}).changed_data
