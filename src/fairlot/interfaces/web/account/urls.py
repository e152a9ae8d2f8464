"""Addresses of the pages of people and companies; signing in and second factors are the library's own."""

from __future__ import annotations

from django.urls import include, path

from fairlot.interfaces.web.account import demo, overview, standing_place

urlpatterns = [
    path("", overview.overview, name="account"),
    path("stand-at/", standing_place.stand_at, name="stand_at"),
    path("demo/<str:role>/", demo.sign_in_as, name="demo_sign_in"),
    path("", include("allauth.urls")),
]
