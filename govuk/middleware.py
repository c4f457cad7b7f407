"""A refusal raised anywhere ends as the right page."""

from govuk.refusals import refusal_page
from policy.refusals import Refusal


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None
