"""From "Check your answers" one changes a section and comes back there (A-1); nobody is sent to a page that is not of this service."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape

from authorisations.models import Application
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from tests.authorisations.stages import stage
from tests.clients import signed_in


def saves(browser: Client, application: Application, tail: str = "", **changed: str) -> str:
    """Where saving the section on necessity leads."""
    section = application.sections.get(name="necessity")
    answers = {**texts.SECTIONS["necessity"], **changed, "version": section.version}
    return browser.post(f"/applications/{application.pk}/sections/necessity/{tail}", answers)["Location"]


def test_a1_check_leads_to_a_section_that_comes_back(cast: Cast):
    application = stage(cast, "complete")
    check, hers = f"/applications/{application.pk}/check/", signed_in(cast.applicant)
    way = f"?next={quote(check, safe='')}"
    assert f'href="/applications/{application.pk}/sections/necessity/{way}"' in hers.get(check).content.decode()
    assert saves(hers, application, way) == check
    assert f'href="{check}"' in hers.get(f"/applications/{application.pk}/sections/necessity/{way}").content.decode()


def test_a1_what_needs_attention_keeps_the_way_back(cast: Cast):
    application = stage(cast, "complete")
    check, hers = f"/applications/{application.pk}/check/", signed_in(cast.applicant)
    way = f"?next={quote(check, safe='')}"
    assert saves(hers, application, way, alternatives="") == f"/applications/{application.pk}/sections/necessity/{way}"
    assert f"/sections/necessity/{way}#id_alternatives" in hers.get(check).content.decode()


@pytest.mark.parametrize("tail", ["", "?next=https://elsewhere.example/", "?next=//elsewhere.example/", "?next=javascript:alert(1)"])
def test_a1_without_a_page_of_ours_to_come_back_to_it_is_the_task_list(cast: Cast, tail: str):
    application = stage(cast, "complete")
    assert saves(signed_in(cast.applicant), application, tail) == f"/applications/{application.pk}/"


@pytest.mark.parametrize("name", ["watchlist", "assessments"])
def test_a1_pages_elsewhere_are_told_the_way_too(cast: Cast, name: str):
    application = stage(cast, "complete")
    way = f"?next={quote(f'/applications/{application.pk}/check/', safe='')}"
    assert signed_in(cast.applicant).get(f"/applications/{application.pk}/sections/{name}/{way}")["Location"].endswith(way)


def test_a1_a_day_that_is_changed_leads_back_to_its_section_and_from_there_to_check(cast: Cast):
    application = stage(cast, "complete")
    way = f"?next={quote(f'/applications/{application.pk}/check/', safe='')}"
    section, day = f"/applications/{application.pk}/sections/when/{way}", application.days.get()
    hers = signed_in(cast.applicant)
    assert escape(f"/applications/{application.pk}/days/{day.pk}/{way}") in hers.get(section).content.decode()
    assert hers.post(f"/applications/{application.pk}/days/{day.pk}/remove/{way}")["Location"] == section
