"""Django's settings, all of them derived from `fairlot.config`; change the environment, not this file."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from fairlot import config
from fairlot.store import embedded_host

_settings = config.settings()
_web = Path(__file__).parent / "interfaces" / "web"
_is_https = _settings.base_url.startswith("https://")


def generated_secret_key(directory: Path) -> str:
    """Return the key kept in `directory`, made by whichever process comes first."""
    path = directory / "secret-key"
    embedded_host.make_directory(directory.parent, embedded_host.shared_directory_mode())
    embedded_host.make_directory(directory, 0o700)
    if not path.exists():
        unfinished = directory / f"secret-key.{os.getpid()}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(config.SECRET_KEY_LENGTH_MIN))
            file.flush()
            os.fsync(file.fileno())
        # A link never replaces: the first key stays, whoever else made one in the same instant.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(unfinished)
        unfinished.unlink()
    return path.read_text(encoding="ascii")


SECRET_KEY = _settings.secret_key or generated_secret_key(_settings.secrets_dir)
DEBUG = _settings.debug
ALLOWED_HOSTS = list(_settings.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "fairlot.store",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_connection: dict[str, Any] = {
    "ENGINE": "fairlot.store.postgresql",
    "NAME": "fairlot",
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    # Django switches prepared statements off by default, for poolers that lose them; we name no such pooler.
    "OPTIONS": {"prepare_threshold": 3},
}
DATABASES = {
    "default": {**_connection, "ROLE": "application"},
    # Migrations, backup and verification; pages and workers never use it.
    "owner": {**_connection, "ROLE": "owner"},
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairlot.interfaces.web.security.security_headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "fairlot.interfaces.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_web / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [_web / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [_web / "static"]
# Static files are served from the package itself; there is no step of collecting them.
WHITENOISE_USE_FINDERS = True
# A vendored file's directory names its version, so its content never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/static/vendor/"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_https
CSRF_COOKIE_SECURE = _is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [_settings.base_url]
