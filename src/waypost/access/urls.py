"""Sign-in, accounts, who looked at what.

allauth's own list of addresses is not included: each of its views that we use stands here, under allauth's name for it,
and what does not stand here does not exist.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.socialaccount import views as social
from django.db import transaction
from django.urls import path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from waypost.access import log_views, sign_in_views, single_sign_on, views
from waypost.access.requests import before_second_factor, open_to_all

# A wrong guess is counted even when what follows it fails.
sign_in = transaction.non_atomic_requests(open_to_all(sign_in_views.SignIn.as_view()))
code = transaction.non_atomic_requests(open_to_all(mfa.authenticate))
forgotten = open_to_all(sign_in_views.ForgottenPassword.as_view())
sign_out = before_second_factor(open_to_all(account.logout))
set_up = before_second_factor(sign_in_views.SetUpSecondFactor.as_view())
to_my_account = require_safe(RedirectView.as_view(pattern_name="my_account"))

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/code/", code, name="mfa_authenticate"),
    path("sign-in/ended/", open_to_all(account.account_inactive), name="account_inactive"),
    path("sign-in/forgotten/", forgotten, name="account_reset_password"),
    path("sign-in/forgotten/sent/", open_to_all(account.password_reset_done), name="account_reset_password_done"),
    path(
        "sign-in/new-password/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("sign-in/with/<slug:provider_id>/", open_to_all(single_sign_on.begin), name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/", open_to_all(single_sign_on.come_back), name="openid_connect_callback"
    ),
    path("sign-in/cancelled/", open_to_all(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-out/", sign_out, name="account_logout"),
    path("my-account/", views.my_account, name="my_account"),
    path("my-account/confirm/", before_second_factor(account.reauthenticate), name="account_reauthenticate"),
    path("my-account/confirm/code/", before_second_factor(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("my-account/password/", account.password_change, name="account_change_password"),
    path("my-account/password/first/", account.password_set, name="account_set_password"),
    path("my-account/second-factor/", to_my_account, name="mfa_index"),
    path("my-account/second-factor/set-up/", set_up, name="mfa_activate_totp"),
    path("my-account/second-factor/remove/", sign_in_views.RemoveSecondFactor.as_view(), name="mfa_deactivate_totp"),
    path("my-account/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("my-account/recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(
        "my-account/recovery-codes/new/",
        sign_in_views.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("my-account/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("who-looked/", log_views.who_looked, name="log"),
    path("staff/", views.staff, name="staff"),
    path("staff/add/", views.staff_add, name="staff_add"),
    path("staff/teams/", views.teams, name="teams"),
    path("staff/deputies/", views.deputies, name="deputies"),
    path("staff/deputies/<uuid:held>/end/", views.deputy_end, name="deputy_end"),
    path("staff/<uuid:pk>/", views.staff_person, name="staff_person"),
    path("staff/<uuid:pk>/roles/", views.staff_role_give, name="staff_role_give"),
    path("staff/<uuid:pk>/roles/<uuid:held>/end/", views.staff_role_take, name="staff_role_take"),
    path("staff/<uuid:pk>/team/", views.staff_move, name="staff_move"),
    path("staff/<uuid:pk>/end/", views.staff_end, name="staff_end"),
    path("staff/<uuid:pk>/open-again/", views.staff_reopen, name="staff_reopen"),
    path("staff/<uuid:pk>/password-link/", views.staff_password_link, name="staff_password_link"),
    path(
        "staff/<uuid:pk>/second-factor/forget/",
        views.staff_second_factor_forget,
        name="staff_second_factor_forget",
    ),
]
