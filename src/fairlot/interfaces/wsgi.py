"""Pages and API as one WSGI application, for any server that speaks it; who comes too many at once is told before anything else."""

from __future__ import annotations

import importlib
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")

from django.core.wsgi import get_wsgi_application

from fairlot.interfaces.api.admission import admitting
from fairlot.struct_types import prepare_struct_types

application = admitting(get_wsgi_application())
# All pages are loaded here, so that servers' threads share what is whole, and their processes what is loaded once.
importlib.import_module("fairlot.interfaces.urls")
prepare_struct_types()
