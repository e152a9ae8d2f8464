"""The pages as a WSGI application, for any server that speaks it."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
