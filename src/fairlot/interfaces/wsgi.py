"""Pages and API as one WSGI application, for any server that speaks it; who comes too many at once is told before anything else."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")

from django.core.wsgi import get_wsgi_application

from fairlot.interfaces.api.admission import admitting

application = admitting(get_wsgi_application())
