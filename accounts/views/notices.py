"""A person's inbox."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View

from accounts.models import Notice
from accounts.notices import mark_read
from accounts.permissions import OWN_ACCOUNT
from accounts.views.staff import StaffPage
from govuk.lists import KeysetList
from govuk.views import ButtonView
from policy.refusals import NotVisible


class Inbox(StaffPage, KeysetList):
    access = OWN_ACCOUNT
    template_name = "accounts/notices.html"
    ordering = ("-created_at", "-pk")

    def get_queryset(self) -> Any:
        return Notice.objects.filter(person=self.me)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(any_unread=self.get_queryset().unread().exists(), **kwargs)


class OpenNotice(StaffPage, View):
    """Following a notice reads it."""

    access = OWN_ACCOUNT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        notice = Notice.objects.filter(person=self.me, pk=pk).first()
        if notice is None:
            raise NotVisible()
        mark_read(self.me, at=self.at, only=notice)
        return redirect(notice.link or "accounts:notices")


class ReadNotices(StaffPage, ButtonView):
    """All of them at once."""

    access = OWN_ACCOUNT

    def act(self) -> str:
        mark_read(self.me, at=self.at)
        return reverse("accounts:notices")
