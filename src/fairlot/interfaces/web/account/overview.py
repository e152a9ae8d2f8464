"""The first page of one's account: who one is, and the ways to everything else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account."""
    return render(request, "account/overview.html", {})
