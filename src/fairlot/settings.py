"""Django's settings, all of them derived from `fairlot.config`; change the environment, not this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fairlot import config
from fairlot.store.secret_keys import secret_keys

_settings = config.settings()
_web = Path(__file__).parent / "interfaces" / "web"
_is_https = _settings.base_url.startswith("https://")

SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(_settings)
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
