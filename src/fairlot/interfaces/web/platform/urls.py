"""Addresses of the platform's own pages."""

from __future__ import annotations

from django.urls import path

from fairlot.interfaces.web.platform import entrance, payouts_page, screening_page, unmatched_page

urlpatterns = [
    path("", entrance.entrance, name="platform"),
    path("money/", unmatched_page.unmatched_money, name="unmatched"),
    path("money/<str:suspense_id>/assign/", unmatched_page.assign_money, name="assign_money"),
    path("money/<str:suspense_id>/return/", unmatched_page.return_money, name="return_money"),
    path("payouts/", payouts_page.payouts, name="payouts"),
    path("screening/", screening_page.screenings, name="screenings"),
    path("screening/<str:company_id>/clear/", screening_page.clear_match, name="clear_match"),
    path("screening/<str:company_id>/check/", screening_page.check_again, name="check_again"),
]
