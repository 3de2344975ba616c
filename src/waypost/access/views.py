"""My account, and the pages on which an administrator gives and ends accounts, roles and teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import accounts, forms, log, panels
from waypost.access import deputies as deputising
from waypost.access.models import Staff
from waypost.access.permissions import ROLES, Permission
from waypost.access.requests import is_demonstration
from waypost.access.require import needs
from waypost.kernel.refusal import Refused
from waypost.ui.listing import Column

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
administrators = needs(Permission.MANAGE_STAFF)
INVALID = 422
SENTENCES = {key: role.sentence + " Needs a last day." * role.until_a_date for key, role in ROLES.items()}
STAFF_COLUMNS = [Column("Person"), Column("Roles"), Column("Team"), Column("Last signed in")]


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    held = panels.holdings(request.user, at=timezone.now())
    return render(
        request,
        "access/my_account.html",
        {
            "held": [one for one in held if one.is_current],
            "factor": panels.factor_of(request.user),
            "factor_needed": not is_demonstration(request),
        },
    )


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    accounts.sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")


@require_safe
@administrators
def staff(request: HttpRequest) -> HttpResponse:
    lines = panels.staff_lines(at=timezone.now(), second_factor_needed=not is_demonstration(request))
    ended = panels.ended_accounts()
    log.viewed(request, "account.list", listed=[one.pk for one in [*(line.staff for line in lines), *ended]])
    return render(request, "access/staff.html", {"lines": lines, "ended": ended, "columns": STAFF_COLUMNS})


@page_and_form
@administrators
def staff_add(request: HttpRequest) -> HttpResponse:
    form = forms.NewPerson(_posted(request))
    person = form.is_valid() and _try(
        form, lambda: accounts.add(**form.cleaned_data, by=request.user, on=timezone.localdate()), beside="email"
    )
    if not person:
        return _form_page(request, "access/staff_add.html", form)
    messages.success(request, f"{person.name} has an account. Give them a role, then a link to choose a password.")
    return redirect("staff_person", pk=person.pk)


@require_safe
@administrators
def staff_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _person_page(request, panels.person(pk))


@require_POST
@administrators
def staff_role_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = panels.person(pk)
    form = forms.GiveRole(request.POST, held=person.roles(), on=timezone.localdate())
    held = form.is_valid() and _try(
        form, lambda: accounts.give_role(person, **form.cleaned_data, by=request.user, at=timezone.now())
    )
    if not held:
        return _person_page(request, person, give=form)
    messages.success(request, f"{person.name} is now: {held.name.lower()}.")
    return redirect("staff_person", pk=pk)


@require_POST
@administrators
def staff_role_take(request: HttpRequest, pk: UUID, held: UUID) -> HttpResponse:
    role = panels.role_held(pk, held)
    accounts.take_role(role, by=request.user, at=timezone.now())
    messages.success(request, f"{role.name}: ended for {role.staff.name}.")
    return redirect("staff_person", pk=pk)


@require_POST
@administrators
def staff_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, form = panels.person(pk), forms.Move(request.POST)
    if not form.is_valid():
        raise Refused("That team is not there any more. Choose another.")
    agency = form.cleaned_data["agency"]
    if agency and agency != person.agency:
        accounts.change_agency(person, agency=agency, by=request.user)
    accounts.move(person, team=form.cleaned_data["team"], by=request.user, at=timezone.now())
    messages.success(request, f"{person.name} is now in {form.cleaned_data['team'] or 'no team'}.")
    return redirect("staff_person", pk=pk)


@page_and_form
@administrators
def staff_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = panels.person(pk)
    if request.method != "POST":
        log.viewed(request, "account.page", person)
        return render(request, "access/staff_end.html", {"person": person})
    accounts.end(person, by=request.user, at=timezone.now())
    messages.success(request, f"The account of {person.name} has ended.")
    return redirect("staff")


@require_POST
@administrators
def staff_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = panels.person(pk)
    accounts.reopen(person, by=request.user)
    messages.success(request, f"The account of {person.name} is open again. It has no role and no password.")
    return redirect("staff_person", pk=pk)


@require_POST
@administrators
def staff_password_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By e-mail where the service sends e-mail; otherwise shown to the administrator, this once."""
    person = panels.person(pk)
    link = request.build_absolute_uri(accounts.password_link(person, by=request.user))
    if settings.SENDS_MAIL:
        get_adapter().send_password_reset_mail(person, person.email, {"password_reset_url": link})
        messages.success(request, f"A link to choose a password is on its way to {person.email}.")
        return redirect("staff_person", pk=pk)
    return render(request, "access/staff_password_link.html", {"person": person, "link": link})


@require_POST
@administrators
def staff_second_factor_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = panels.person(pk)
    accounts.forget_second_factor(person, by=request.user)
    messages.success(request, f"{person.name} sets up a new second factor at the next sign-in.")
    return redirect("staff_person", pk=pk)


@page_and_form
@administrators
def teams(request: HttpRequest) -> HttpResponse:
    form = forms.NewTeam(_posted(request))
    team = form.is_valid() and _try(form, lambda: accounts.add_team(form.cleaned_data["name"], by=request.user), "name")
    if not team:
        found = panels.teams()
        log.viewed(request, "team.list", listed=[one.pk for one, _ in found])
        return _form_page(request, "access/teams.html", form, teams=found)
    messages.success(request, f"{team.name} is a team.")
    return redirect("teams")


@page_and_form
@needs(Permission.NAME_DEPUTY)
def deputies(request: HttpRequest) -> HttpResponse:
    """A manager names their own; an administrator names one for somebody who went without a word."""
    now, any_manager = timezone.now(), request.user.may(Permission.MANAGE_STAFF)
    managers = [one for one in panels.managers(now) if any_manager or one == request.user]
    colleagues = [one for one in panels.working_who_may(Permission.ENTER_CHILDREN, now) if one != request.user]
    form = forms.Deputise(_posted(request), managers=managers, colleagues=colleagues)
    held = form.is_valid() and _try(
        form,
        lambda: deputising.deputise(
            form.cleaned_data["manager"],
            to=form.cleaned_data["to"],
            until=form.cleaned_data["until"],
            by=request.user,
            at=now,
        ),
    )
    if not held:
        running = panels.deputies(now)
        log.viewed(request, "account.deputies", listed=[each for one in running for each in one.whose])
        return _form_page(request, "access/deputies.html", form, deputies=running, managers=managers)
    messages.success(request, f"{held.staff.name} is deputy for {held.deputy_for.name}.")
    return redirect("deputies")


@require_POST
@needs(Permission.NAME_DEPUTY)
def deputy_end(request: HttpRequest, held: UUID) -> HttpResponse:
    found = panels.deputy(held)
    deputising.end(found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.staff.name} is no longer deputy for {found.deputy_for.name}.")
    return redirect("deputies")


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if anything was: an empty form too is one to answer."""
    return request.POST if request.method == "POST" else None


Done = TypeVar("Done")


def _try(form: Form, action: Callable[[], Done], beside: str | None = None) -> Done | None:
    """What the action made; a refusal stands in the form, beside the field it is about."""
    try:
        return action()
    except Refused as refusal:
        form.add_error(beside, refusal.reason)
        return None


def _form_page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=INVALID if form.is_bound else 200)


def _person_page(request: HttpRequest, person: Staff, give: forms.GiveRole | None = None) -> HttpResponse:
    log.viewed(request, "account.page", person)
    held = panels.holdings(person, at=timezone.now())
    context = {
        "person": person,
        "held": [one for one in held if one.is_current],
        "past": [one for one in held if not one.is_current],
        "factor": panels.factor_of(person),
        "give": give or forms.GiveRole(held=person.roles(), on=timezone.localdate()),
        "sentences": SENTENCES,
        "move": forms.Move(initial={"team": person.team_id, "agency": person.agency}),
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "access/staff_person.html", context, status=INVALID if give else 200)
