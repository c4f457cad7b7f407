"""What stands where: the lists, the operation's page and spine, what awaits each person."""

from django.utils import timezone

from authorisations.services import ending
from deployments import services as acts
from lfr_governance.demonstration import texts
from lfr_governance.demonstration.people import Cast
from tests.clients import signed_in
from tests.deployments.pages import HOUR, MINUTE, address, page, send, today


def test_O_live_now_first_then_to_come_then_past(cast: Cast) -> None:
    ended = today(cast, began=30 * HOUR, title="Past one", place="Dalton Road").concluded()
    live = today(cast, began=HOUR, title="Live one").live()
    coming = today(cast, began=-30 * HOUR, title="Coming one", place="English Street").planned()
    text = page(cast.silver, "/deployments/")
    assert text.index("Live now") < text.index(live.get_absolute_url()) < text.index("To come") < text.index(coming.get_absolute_url())
    assert text.index("Past</h2>") < text.index(ended.get_absolute_url())
    filtered = page(cast.silver, "/deployments/?state=concluded")
    assert ended.get_absolute_url() in filtered and live.get_absolute_url() not in filtered
    assert "None is in this state" in page(cast.silver, "/deployments/?state=terminated")
    assert "No day has been authorised" in page(cast.stranger, "/deployments/")


def test_O_the_operation_leads_to_its_deployments_and_plans_what_nobody_has(cast: Cast) -> None:
    authority = today(cast, began=-30 * HOUR, days=2).authorised()
    path = f"/operations/{authority.operation_id}/deployments/"
    assert path in page(cast.gold, f"/operations/{authority.operation_id}/")
    page(cast.stranger, path, 404)
    text = page(cast.gold, path)
    assert authority.deployments.count() == 2 and all(one.get_absolute_url() in text for one in authority.deployments.all())


def test_O_the_operation_says_that_it_is_live_and_what_happened(cast: Cast) -> None:
    live = today(cast, began=2 * HOUR).suspended()
    text = page(cast.ao, f"/operations/{live.operation_id}/")
    for shown in ("Went live: Botchergate, Carlisle", "Suspended: Botchergate, Carlisle", "Weather", 'govuk-tag--yellow">Suspended'):
        assert shown in text
    assert live.get_absolute_url() in text


def test_D7_home_says_what_the_day_asks_of_each(cast: Cast) -> None:
    day = today(cast, began=70 * MINUTE)
    live, now = day.live(), timezone.now()
    day.raised(live, at=now - 8 * MINUTE)
    day.passed_on(live, at=now - 8 * MINUTE)
    acts.raise_concern(live, sentence="Glare", by=cast.operator, at=now)
    for person, shown in (
        (cast.silver, ("Review Botchergate, Carlisle", "Decide on a warning: A concern about performance", "Live now")),
        (cast.operator, ("1 alert waits for the LFR Operator", "Live now")),
        (cast.engagement, ("1 alert waits for the LFR Engagement Officer", "Live now")),
        (cast.ao, ("Live now", str(live))),
        (cast.gold, ("Live now", str(live))),
    ):
        text = page(person, "/")
        assert [words for words in shown if words not in text] == [], person
    assert "Delete the personal data" not in page(cast.operator, "/")  # that is this service's to do
    assert "Live now" not in page(cast.stranger, "/")
    acts.suspend(live, by=cast.operator, at=now)
    assert "Say why it was suspended" in page(cast.silver, "/")
    late = today(cast, began=40 * 24 * HOUR, title="Long ago", place="Dalton Road").live()
    acts.conclude(late, by=cast.silver, at=late.ends_at)
    text = page(cast.silver, "/")  # what runs now comes before all that is merely late
    assert text.index("Decide on a warning") < text.index("Say why it was") < text.index(f"Submit the deployment record – {late.operation.reference}")


def test_A18_what_has_lost_its_authority_awaits_silver_who_is_told_what_to_do(cast: Cast) -> None:
    """Days ahead, and before anybody checks it: it cannot go live, and stays until it is stood down, or recorded as having run."""
    coming = today(cast, began=-50 * HOUR).planned()
    spine, now = f"/operations/{coming.operation_id}/", timezone.now()
    assert "stand it down" not in page(cast.silver, "/") and "stand down what is" not in page(cast.gold, spine)
    ending.cancel(coming.authority, reason=texts.NO_LONGER, done_under="Nothing.", by=cast.ao, at=now)
    assert "The authority has ended: stand it down" in page(cast.silver, "/")
    assert "stand it down" not in page(cast.gold, "/") and "Silver: stand down what is still planned" in page(cast.gold, spine)
    text = page(cast.silver, coming.get_absolute_url())
    for shown in ("it was cancelled", "it cannot go live", address("stand_down", coming), address("went_live", coming)):
        assert shown in text
    assert "Silver stands it down" in page(cast.gold, coming.get_absolute_url())
    assert "to be stood down" in page(cast.gold, address_of_list := f"{spine}deployments/")
    assert "it was cancelled" in page(cast.silver, address("go_live", coming))
    refused = send(cast.silver, address("go_live", coming), {"version": coming.version}, 409).content.decode()
    assert "it ended" in refused and "stand the deployment down" in refused and "Clause 5.1" in refused
    send(cast.silver, address("stand_down", coming), {"reason": "other", "note": "", "version": coming.version})
    assert "stand it down" not in page(cast.silver, "/") and "to be stood down" not in page(cast.gold, address_of_list)


def test_D7_what_nobody_took_live_awaits_silver(cast: Cast) -> None:
    late = today(cast, began=9 * HOUR).planned()
    assert "Nobody took it live" in page(cast.silver, "/")
    assert "stand it down" in page(cast.silver, late.get_absolute_url())
    assert signed_in(cast.silver).get(address("go_live", late)).status_code == 200
