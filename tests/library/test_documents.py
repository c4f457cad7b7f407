"""The register of documents: who registers, adopts and approves; which version is in force; when it must be reviewed."""

from datetime import date, timedelta

import pytest

from accounts.states import Role
from lfr_governance.demonstration.people import Cast
from library.models import Version
from library.rules import review_standing
from library.services import adopt_version, approve_version, register_document
from library.states import Kind
from obligations.models import Obligation
from policy import current
from policy.edition import end_of_london_day
from policy.refusals import NotPermitted, RuleBroken, Stale
from tests.cast import NOON, grant_confirmed
from tests.library.shelf import ADOPTED, REVIEW, adopted, diversity, in_force, registered

TODAY = NOON.date()


@pytest.mark.parametrize("who", ["stranger", "applicant", "ao", "dpo"])
def test_g_1_only_information_management_registers_a_document(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        register_document(kind=Kind.SOP, title="SOP", owner=cast.gold, by=cast.people[who], at=NOON)


def test_g_1_its_owner_is_of_the_force(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Cumbria"):
        registered(cast, owner=cast.gmp_operator)


def test_g_1_there_is_one_document_of_each_assessment_and_one_of_a_title(cast: Cast) -> None:
    registered(cast, Kind.DPIA)
    with pytest.raises(RuleBroken, match="already holds"):
        registered(cast, Kind.DPIA, title="Another one")
    registered(cast, Kind.TRAINING, title="Operators’ course")
    registered(cast, Kind.TRAINING, title="Commanders’ course")
    with pytest.raises(RuleBroken, match="already holds"):
        registered(cast, Kind.SOP, title="Commanders’ course")


@pytest.mark.parametrize(
    ("kind", "who"), [(Kind.SOP, "stranger"), (Kind.SOP, "dpo"), (Kind.DPIA, "gold"), (Kind.DPIA, "dpo"), (Kind.EQUALITY, "comms")]
)
def test_g_1_a_version_is_adopted_by_the_owner_or_information_management_a_dpia_by_the_latter_alone(cast: Cast, kind: Kind, who: str) -> None:
    document = registered(cast, kind)
    diversity(cast)
    with pytest.raises(NotPermitted):
        adopt_version(document, adopted_date=ADOPTED, review_date=REVIEW, reference="x", by=cast.people[who], at=NOON)


def test_g_1_the_owner_adopts_the_next_version(cast: Cast) -> None:
    document = registered(cast, Kind.SOP)
    adopted(cast, document)
    second = adopt_version(document, adopted_date=TODAY, review_date=REVIEW, reference="RM/2026/18", by=cast.gold, at=NOON)
    assert (second.number, Version.objects.current(cast.force, Kind.SOP, NOON)) == (2, second)


@pytest.mark.parametrize(
    ("adopted_date", "review_date", "where"),
    [(TODAY + timedelta(days=1), REVIEW, "adopted_date"), (ADOPTED - timedelta(days=1), REVIEW, "adopted_date"), (TODAY, TODAY, "review_date")],
)
def test_g_1_dates_follow_one_another(cast: Cast, adopted_date: date, review_date: date, where: str) -> None:
    document = in_force(cast, Kind.SOP).document
    with pytest.raises(RuleBroken) as refused:
        adopted(cast, document, adopted_date=adopted_date, review_date=review_date)
    assert [finding.where for finding in refused.value.findings] == [where]


def test_g_1_it_is_said_where_a_version_is_kept(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="not answered"):
        adopted(cast, registered(cast), reference=" ")


def test_of_two_who_adopt_at_once_the_second_is_told(cast: Cast) -> None:
    document = registered(cast)
    adopted(cast, document, version=document.version)
    with pytest.raises(Stale):
        adopted(cast, document, version=document.version)


def test_g_2_an_equality_assessment_is_in_force_once_the_diversity_unit_has_approved_it(cast: Cast) -> None:
    first = in_force(cast, Kind.EQUALITY)
    second = adopted(cast, first.document)
    assert Version.objects.current(cast.force, Kind.EQUALITY, NOON) == first
    approve_version(second, by=diversity(cast), at=NOON)
    assert Version.objects.current(cast.force, Kind.EQUALITY, NOON) == second


def test_g_2_nobody_else_approves_it_and_nobody_their_own(cast: Cast) -> None:
    version = adopted(cast, registered(cast, Kind.EQUALITY))
    for person in (cast.stranger, cast.gold, cast.infomgmt2):
        with pytest.raises(NotPermitted):
            approve_version(version, by=person, at=NOON)
    grant_confirmed(cast, cast.infomgmt, Role.DIVERSITY_UNIT)
    with pytest.raises(NotPermitted, match="not by the person who recorded it"):
        approve_version(version, by=cast.infomgmt, at=NOON)


def test_g_2_what_does_not_wait_for_approval_cannot_be_approved(cast: Cast) -> None:
    for version in (in_force(cast, Kind.EQUALITY), in_force(cast, Kind.DPIA)):
        with pytest.raises(RuleBroken, match="does not wait"):
            approve_version(version, by=diversity(cast), at=NOON)


def test_x_11_a_version_may_be_relied_on_until_the_end_of_its_review_date(cast: Cast) -> None:
    version = in_force(cast)
    assert not version.is_expired(REVIEW) and version.is_expired(REVIEW + timedelta(days=1))
    assert list(Version.objects.overdue(NOON)) == []
    assert list(Version.objects.overdue(end_of_london_day(REVIEW) + timedelta(seconds=1))) == [version]


def test_g_1_a_superseded_version_is_not_overdue(cast: Cast) -> None:
    document = in_force(cast, review_date=date(2026, 6, 1)).document
    adopted(cast, document)
    assert list(Version.objects.overdue(NOON)) == []


@pytest.mark.parametrize(("before", "said"), [(61, "In force"), (60, "Review due soon"), (0, "Review due soon"), (-1, "Review overdue")])
def test_g_1_a_review_is_due_soon_when_the_policy_s_reminders_begin(cast: Cast, before: int, said: str) -> None:
    assert review_standing(in_force(cast), REVIEW - timedelta(days=before), current())[0] == said


def test_g_1_the_owner_is_reminded_of_the_review_and_a_new_version_ends_that_clock(cast: Cast) -> None:
    first = in_force(cast)
    clock = Obligation.objects.about(first, "document_review").get()
    assert clock.due_at == end_of_london_day(REVIEW)
    assert {owner.person_id or owner.role for owner in clock.owners.all()} == {cast.gold.pk, Role.INFORMATION_MANAGEMENT.value}
    second = adopted(cast, first.document, review_date=date(2028, 1, 5))
    assert list(Obligation.objects.running().filter(kind="document_review").values_list("subject_id", flat=True)) == [second.pk]
    assert Obligation.objects.done().get().proof == f"{second} is in force"


def test_g_1_a_version_that_waits_for_approval_has_no_clock_yet(cast: Cast) -> None:
    first = in_force(cast, Kind.EQUALITY)
    second = adopted(cast, first.document)
    assert list(Obligation.objects.running().values_list("subject_id", flat=True)) == [first.pk]
    approve_version(second, by=diversity(cast), at=NOON)
    assert list(Obligation.objects.running().values_list("subject_id", flat=True)) == [second.pk]
