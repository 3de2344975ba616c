"""A committee's front sheet, as its clerk fills it in."""

from __future__ import annotations

from django import forms

from waypost.files.reports.front_sheet import Exempt, FrontSheet, Section
from waypost.ui.fields import DayField, PlainErrors

SECTIONS = {
    "policy": "Policy implications",
    "financial": "Financial implications",
    "legal": "Legal implications",
    "personnel": "Personnel implications",
    "equality": "Equality implications",
    "children": "Impact on children and carers",
}
REASON = "To give members the inspection’s judgements, the plan that answers it, and what the plan does not yet answer."
ASKED = "Members are asked to comment on the inspection and on the improvement plan."
PUBLIC, EXEMPT = "public", "exempt"


def _words(label: str, **more: object) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea, **more)


class PackForm(PlainErrors, forms.Form):
    report_to = forms.CharField(label="Committee", max_length=200)
    meets_on = DayField(label="Meets on")
    title = forms.CharField(
        label="Title", max_length=200, initial="The inspection of youth justice services, and the answer to it"
    )
    contact = forms.CharField(label="Contact officer", max_length=200)
    reason = forms.CharField(label="Reason for the report", widget=forms.Textarea, initial=REASON)
    recommendations = forms.CharField(
        label="What members are asked to do", widget=forms.Textarea, initial=ASKED, help_text="One on each line"
    )
    policy = _words(SECTIONS["policy"], help_text="Sections left empty are listed as not applicable")
    financial = _words(SECTIONS["financial"])
    legal = _words(SECTIONS["legal"])
    personnel = _words(SECTIONS["personnel"])
    equality = _words(SECTIONS["equality"])
    children = _words(SECTIONS["children"])
    exempt = _words(
        "Exempt from publication",
        help_text="What the public’s copy leaves out and the ground for it, one on each line, a semicolon between them",
    )
    leads = forms.ChoiceField(
        label="Names of staff",
        choices=[(PUBLIC, "Print them"), (EXEMPT, "Leave them out, and say so")],
        initial=PUBLIC,
        widget=forms.RadioSelect,
    )

    def clean_exempt(self) -> tuple[Exempt, ...]:
        items = []
        for line in _lines(self.cleaned_data["exempt"]):
            what, semicolon, ground = line.partition(";")
            if not semicolon or not ground.strip():
                raise forms.ValidationError(f"Give the ground after a semicolon: ‘{what.strip()}’ has none.")
            items.append(Exempt(what.strip(), ground.strip()))
        return tuple(items)

    def front_sheet(self) -> FrontSheet:
        """Refused, with the reason, where the sheet would contradict itself."""
        typed = self.cleaned_data
        exempt = typed["exempt"]
        if typed["leads"] == EXEMPT:
            exempt = (*exempt, Exempt("Names of staff", "information about individuals"))
        given = {key: _lines(typed[key]) for key in SECTIONS}
        return FrontSheet(
            report_to=typed["report_to"],
            meets_on=typed["meets_on"],
            title=typed["title"],
            contact=(typed["contact"],),
            reason=_lines(typed["reason"]),
            recommendations=_lines(typed["recommendations"]),
            sections=tuple(Section(SECTIONS[key], lines) for key, lines in given.items() if lines),
            not_applicable=tuple(SECTIONS[key] for key, lines in given.items() if not lines),
            exempt=exempt,
        )

    @property
    def names_leads(self) -> bool:
        return bool(self.cleaned_data["leads"] == PUBLIC)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
