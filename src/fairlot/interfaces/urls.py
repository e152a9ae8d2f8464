"""Every address: the API's and the pages'; the one place that knows both doors."""

from __future__ import annotations

from django.urls import include, path

from fairlot.interfaces.api.api import api
from fairlot.interfaces.api.reference import openapi_json, reference

urlpatterns = [
    path("api/v1/openapi.json", openapi_json, name="openapi"),
    path("api/v1/docs", reference, name="api-reference"),
    path("api/v1/", api.urls),
    path("", include("fairlot.interfaces.web.urls")),
]
handler404 = "fairlot.interfaces.web.views.not_found"
handler500 = "fairlot.interfaces.web.views.failed"
