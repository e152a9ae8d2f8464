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
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "fairlot.store",
    "fairlot.store.people",
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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
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

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Staff and members who may move money have no rights until they have a second factor; a demonstration is spared it.
FAIRLOT_SECOND_FACTOR_REQUIRED = not _settings.demo
