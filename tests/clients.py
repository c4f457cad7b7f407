"""A browser in which somebody of the cast is signed in."""

from django.conf import settings
from django.test import Client

from accounts.models import User


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
