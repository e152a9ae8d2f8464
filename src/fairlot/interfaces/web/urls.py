"""Addresses of the pages."""

from __future__ import annotations

from django.urls import include, path

from fairlot.interfaces.web import (
    conversation,
    demo_clock,
    lifting,
    notifications,
    supplier_panel,
    suppliers,
    unsubscribe,
    views,
)
from fairlot.interfaces.web.acts import page
from fairlot.interfaces.web.proposing import pages

urlpatterns = [
    path("", views.home),
    path("orders/", views.orders, name="orders"),
    path("begin/", pages.begin, name="begin-order"),
    path("begin/contract/", pages.write, name="begin-contract"),
    path("orders/<str:order_id>/", views.order, name="order"),
    # An act like the others, and yet a document: a page of its own.
    path("orders/<str:order_id>/acts/ProposeVersion/", pages.propose, name="propose"),
    path("orders/<str:order_id>/acts/<str:name>/", page.act, name="act"),
    path("orders/<str:order_id>/report/", supplier_panel.report, name="order-report"),
    path("orders/<str:order_id>/messages/", conversation.conversation, name="conversation"),
    path(
        "orders/<str:order_id>/messages/<int:number>/report/",
        conversation.report_message,
        name="report-message",
    ),
    path(
        "orders/<str:order_id>/messages/<int:number>/lift/",
        lifting.lift,
        name="lift-message",
    ),
    path("suppliers/", suppliers.search, name="suppliers"),
    path("suppliers/compare/", suppliers.compare, name="supplier-comparison"),
    path("suppliers/<str:supplier_id>/", suppliers.profile, name="supplier"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.mark_read, name="mark-notifications-read"),
    path("notifications/mails/", notifications.choose_mails, name="choose-mails"),
    path("unsubscribe/<str:person_id>/<str:proof>/", unsubscribe.unsubscribed, name="unsubscribe"),
    path("account/", include("fairlot.interfaces.web.account.urls")),
    path("platform/", include("fairlot.interfaces.web.platform.urls")),
    path("demo/clock/", demo_clock.step_forward, name="demo-clock"),
    path("healthz", views.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
]
