"""Django's settings, all of them derived from `fairlot.config`; change the environment, not this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fairlot import config
from fairlot.store.secret_keys import secret_keys

_settings = config.settings()
_web = Path(__file__).parent / "interfaces" / "web"
_api = Path(__file__).parent / "interfaces" / "api"
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
    "fairlot.interfaces.operating.door.operating_door",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairlot.interfaces.web.security.security_headers",
    "fairlot.interfaces.api.door.api_door",
    "fairlot.interfaces.web.door.pages_door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fairlot.interfaces.web.account.session_ends.session_ends",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "fairlot.interfaces.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_web / "templates", _api / "templates"],
        # Pages of the library of accounts that we have no own version of.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fairlot.interfaces.web.account.context.on_every_page",
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
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": f"{_validation}.NumericPasswordValidator"},
    {
        "NAME": f"{_validation}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "orders"

# Over https a cookie is bound to this very host by its name.
_cookie_prefix = "__Host-" if _is_https else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}fairlot_session"
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"{_cookie_prefix}fairlot_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_NAME = f"{_cookie_prefix}fairlot_language"
LANGUAGE_COOKIE_SECURE = _is_https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
KNOWN_BROWSER_COOKIE_NAME = f"{_cookie_prefix}fairlot_known"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Attempts are counted for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "TIMEOUT": 3600,
    }
}

ACCOUNT_ADAPTER = "fairlot.interfaces.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Fairlot: "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _is_https else "http"
# https is spoken by a proxy before us, which says whose address a request came from; tries are counted by it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _is_https else 0
MFA_ADAPTER = "fairlot.interfaces.web.account.second_factor_seeds.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "fairlot.interfaces.web.account.passkey_form.AddPasskeyForm"}
MFA_RECOVERY_CODE_DIGITS = 12
MFA_TOTP_ISSUER = "Fairlot"
MFA_TOTP_TOLERANCE = 1
# Browsers let a passkey be made over http on this machine alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_https
# Staff and members who may move money have no rights until they have a second factor; a demonstration is spared it.
FAIRLOT_SECOND_FACTOR_REQUIRED = not _settings.demo
if _settings.mail_server is not None:
    EMAIL_HOST = _settings.mail_server.host
    EMAIL_PORT = _settings.mail_server.port
    EMAIL_HOST_USER = _settings.mail_server.user
    EMAIL_HOST_PASSWORD = _settings.mail_server.password
    EMAIL_USE_TLS = _settings.mail_server.encryption == "starttls"
    EMAIL_USE_SSL = _settings.mail_server.encryption == "implicit"
    EMAIL_TIMEOUT = 20
    DEFAULT_FROM_EMAIL = _settings.mail_server.sender
elif _settings.demo:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
