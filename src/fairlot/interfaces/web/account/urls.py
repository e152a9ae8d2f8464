"""Addresses of the pages of people and companies; signing in and second factors are the library's own."""

from __future__ import annotations

from allauth.account.views import password_reset_from_key
from django.urls import include, path, re_path

from fairlot.interfaces.web.account import (
    catalogue_pages,
    company_pages,
    demo,
    invitation_page,
    key_pages,
    overview,
    payouts_page,
    programme_pages,
    receiving_account_page,
    standing_place,
    webhook_pages,
)

urlpatterns = [
    path("", overview.overview, name="account"),
    path("export/", overview.export, name="export_account"),
    path("erase/", overview.erase_account, name="erase_account"),
    path("stand-at/", standing_place.stand_at, name="stand_at"),
    path("demo/<str:role>/", demo.sign_in_as, name="demo_sign_in"),
    path("companies/", company_pages.companies, name="companies"),
    path("companies/<str:company_id>/", company_pages.company, name="company"),
    path("companies/<str:company_id>/invite/", company_pages.invite, name="invite"),
    path(
        "companies/<str:company_id>/invitations/<int:number>/withdraw/",
        company_pages.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "companies/<str:company_id>/members/<str:person_id>/rights/",
        company_pages.set_rights,
        name="set_rights",
    ),
    path(
        "companies/<str:company_id>/members/<str:person_id>/remove/",
        company_pages.remove,
        name="remove_member",
    ),
    path("companies/<str:company_id>/keys/", key_pages.make, name="make_key"),
    path(
        "companies/<str:company_id>/keys/<str:key_id>/revoke/", key_pages.revoke, name="revoke_key"
    ),
    path("companies/<str:company_id>/programme/", programme_pages.programme, name="programme"),
    path(
        "companies/<str:company_id>/programme/conditions/",
        programme_pages.accept,
        name="accept_conditions",
    ),
    path(
        "companies/<str:company_id>/programme/documents/",
        programme_pages.give_document,
        name="give_document",
    ),
    path(
        "companies/<str:company_id>/programme/account/",
        receiving_account_page.receiving_account,
        name="receiving_account",
    ),
    path("companies/<str:company_id>/payouts/", payouts_page.own_payouts, name="own_payouts"),
    path("companies/<str:company_id>/catalogue/", catalogue_pages.catalogue, name="catalogue"),
    path(
        "companies/<str:company_id>/catalogue/add/",
        catalogue_pages.add_article,
        name="add_article",
    ),
    path(
        "companies/<str:company_id>/catalogue/articles/<str:product_id>/",
        catalogue_pages.article,
        name="article",
    ),
    path(
        "companies/<str:company_id>/catalogue/articles/<str:product_id>/withdraw/",
        catalogue_pages.withdraw_article,
        name="withdraw_article",
    ),
    path(
        "companies/<str:company_id>/catalogue/articles/<str:product_id>/offer/",
        catalogue_pages.offer_article,
        name="offer_article",
    ),
    path("companies/<str:company_id>/webhooks/", webhook_pages.webhooks, name="webhooks"),
    path("companies/<str:company_id>/webhooks/add/", webhook_pages.add, name="add_webhook"),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/",
        webhook_pages.webhook,
        name="webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/rotate/",
        webhook_pages.rotate,
        name="rotate_webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/ping/",
        webhook_pages.ping,
        name="ping_webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/disable/",
        webhook_pages.disable,
        name="disable_webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/enable/",
        webhook_pages.enable,
        name="enable_webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/remove/",
        webhook_pages.remove,
        name="remove_webhook",
    ),
    path(
        "companies/<str:company_id>/webhooks/<str:endpoint_id>/deliveries/<str:delivery_id>/replay/",
        webhook_pages.replay,
        name="replay_webhook",
    ),
    path("invitations/<str:token>/", invitation_page.invitation, name="invitation"),
    # The library's own address for this knows no ids with an underscore, which all of ours have.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z_]+)-(?P<key>.+)/$",
        password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", include("allauth.urls")),
]
