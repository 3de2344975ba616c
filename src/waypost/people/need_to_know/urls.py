from __future__ import annotations

from django.urls import path

from waypost.people.need_to_know import views, wall_views

urlpatterns = [
    path("children/<uuid:pk>/who/", views.child_access, name="child_access"),
    path("children/<uuid:pk>/who/hold/", views.child_allocate, name="child_allocate"),
    path("children/<uuid:pk>/who/involve/", views.child_involve, name="child_involve"),
    path("children/<uuid:pk>/who/<uuid:staff>/end/", views.child_access_end, name="child_access_end"),
    path("children/<uuid:pk>/reason/", views.open_with_reason, name="open_with_reason"),
    path("children/<uuid:pk>/seal/", wall_views.child_seal, name="child_seal"),
    path("children/<uuid:pk>/seal/name/", wall_views.child_seal_name, name="child_seal_name"),
    path("children/<uuid:pk>/seal/<uuid:staff>/end/", wall_views.child_seal_take_off, name="child_seal_take_off"),
    path("children/<uuid:pk>/seal/end/", wall_views.child_unseal, name="child_unseal"),
    path("children/<uuid:pk>/<slug:kind>/<uuid:statement>/hold-back/", wall_views.hold_back, name="hold_back"),
    path("children/<uuid:pk>/held-back/<uuid:wall>/ask/", wall_views.ask_held_back, name="ask_held_back"),
    path("reasons/", views.reasons_list, name="reasons"),
    path("reasons/<uuid:pk>/", views.reason, name="reason"),
    path("asked/", wall_views.held_back_asks, name="held_back_asks"),
    path("asked/<uuid:pk>/", wall_views.held_back_answer, name="held_back_answer"),
    path("cover/", views.cover, name="cover"),
    path("cover/<uuid:pk>/end/", views.cover_end, name="cover_end"),
    path("todays-list/", views.todays_list, name="todays_list"),
    path("todays-list/<uuid:pk>/off/", views.todays_list_off, name="todays_list_off"),
    path("samples/", views.sample, name="sample"),
]
