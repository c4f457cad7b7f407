"""Settings. Everything a force decides comes from the environment; `script/server` keeps what it was told in var/env,
so that `manage.py` speaks to the same database without further settings."""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LFR_VAR", BASE_DIR / "var")).resolve()
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
env = environ.Env()
if (VAR / "env").exists():
    environ.Env.read_env(VAR / "env")


def kept_secret(name: str, size: int = 48) -> str:
    """A secret made once on this machine and kept in var/, readable by its owner only. Linked into place whole: nobody reads half of it."""
    path, new = VAR / name, VAR / f".{name}-{os.getpid()}"
    if not path.exists():
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(size))
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text().strip()


# The demonstration: invented people, one password, plain HTTP on this machine. Never beside a real operation.
DEMO = env.bool("LFR_DEMO", default=False)
DEMO_PASSWORD = (env("LFR_DEMO_PASSWORD", default="") or kept_secret("demo-password", 9)) if DEMO else ""

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="") or kept_secret("secret-key")
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Outside the demonstration everything is HTTPS. gunicorn believes X-Forwarded-Proto from this machine, and from FORWARDED_ALLOW_IPS.
HTTPS = env.bool("LFR_HTTPS", default=not DEMO)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "lfr_governance.apps.RoofConfig",
    "reporting",
    "deployments",
    "authorisations",
    "watchlists",
    "library",
    "obligations",
    "operations",
    "accounts",
    "audit",
    "govuk",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "knox",
    "rest_framework",
    "drf_spectacular",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.SignInSteps",
    "lfr_governance.access.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "govuk.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "lfr_governance.urls"
WSGI_APPLICATION = "lfr_governance.wsgi.application"
CSRF_FAILURE_VIEW = "govuk.views.csrf_failure"
FORM_RENDERER = "govuk.rendering.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["govuk.templatetags.govuk", "govuk.templatetags.times", "lfr_governance.templatetags.house"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lfr_governance.navigation.chrome",
            ],
        },
    }
]

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'lfr.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a deferred transaction fails with «database is locked» as soon as two people write.
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend", "guardian.backends.ObjectPermissionBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reauthenticate": "accounts.forms.PasswordAgainForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SESSION_COOKIE_AGE = 48 * 3600  # outlasts the session limits of the policy file: a timed-out person comes back to where they were
ACCOUNT_SESSION_REMEMBER = False  # a shared computer: closing the browser signs out
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# A whole station comes from one address, so the tight limit is on the account that is tried.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {"authenticate": "accounts.forms.CodeForm", "activate_totp": "accounts.forms.FirstCodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
# What may be uploaded (20 MB) is never on the disk before it is accepted: a process killed meanwhile would leave it there.
FILE_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# One address for Redis, written unix://PATH or redis://HOST. The broker is a wake-up call only: whatever is owed is found in the database.
EMBEDDED = VAR / "valkey" / "socket"
REDIS_URL = env("REDIS_URL", default="") or (f"unix://{EMBEDDED}" if EMBEDDED.exists() else "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        }
    }
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) or "memory://"
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 120
# Without the two restore options a killed worker's task comes back after 100 s, not 16.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# UTC and a plain interval: beat itself fails on the nights when the clocks change.
# A sweep that was not taken up in time is dropped: the next one does its work.
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "lfr_governance.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}}}

# DRF lets everybody in unless told otherwise: every part that decides is named here. A view opens by declaring its row of the access table.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.Token", "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.DenyAll"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttles.Pace"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min"},
    "DEFAULT_PARSER_CLASSES": ["accounts.api.wire.Json"],
    "DEFAULT_RENDERER_CLASSES": ["accounts.api.wire.JsonOut"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "accounts.api.wire.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "accounts.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "accounts.api.problems.answered",
}
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "lfr_"}
KNOX_TOKEN_MODEL = "accounts.ApiToken"
MIGRATION_MODULES = {"knox": None}  # its own table is not used
SPECTACULAR_SETTINGS = {
    "TITLE": "LFR governance",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["accounts.api.schema.without_more"],
}
# Where a link in a notice leads, and who carries it there: smtp+tls://USER:PASSWORD@HOST:587. Without an address it is printed.
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="lfr-governance@localhost")
EMAIL_TIMEOUT = 10
vars().update(env.email("EMAIL_URL", default="consolemail://"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
