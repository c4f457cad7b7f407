"""The smallest Django around the gallery of components, under the product's own content security policy."""

from copy import deepcopy

from pytest_django.fixtures import Settings

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "govuk.middleware.RefusalMiddleware",
]
CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
]


def stand_alone(settings: Settings) -> None:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = CONTEXT
    settings.TEMPLATES = templates
    settings.MIDDLEWARE = MIDDLEWARE
    settings.ROOT_URLCONF = "tests.govuk.urls"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
