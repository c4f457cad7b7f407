"""How a refusal becomes a page, and its findings links."""

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from policy.refusals import Finding, Refusal


def where_from(request) -> str:
    """The page of ours this person came from, if any."""
    referer = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return referer if ours and referer != request.build_absolute_uri() else ""


def linked(findings: tuple[Finding, ...], find_url) -> list[tuple[Finding, str]]:
    return [(finding, (finding.where and find_url(finding.where)) or "") for finding in findings]


def refusal_page(request, refusal: Refusal, *, back_url="", find_url=lambda where: ""):
    context = {"refusal": refusal, "findings": linked(refusal.findings, find_url), "back_url": back_url or where_from(request)}
    return render(request, f"errors/{refusal.status}.html", context, status=refusal.status)
