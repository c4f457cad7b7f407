"""Who takes part, and as what (P-1, P-3, P-4, 5.10): the appointment is the truth, guardian's row its mirror."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from django.db import transaction
from guardian.shortcuts import get_perms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Notice, RoleGrant, TrainingRecord, User
from accounts.services import confirm_grant, deactivate, end_grant, grant_role, record_training
from accounts.states import OPERATION_ROLES
from operations import services
from operations.models import Appointment, Operation, OperationUserObjectPermission, Tie
from operations.rules import check_independent, check_not_its_ao, is_independent
from operations.services import appoint, end_appointment, open_operation, tie
from policy.refusals import NotPermitted, NotVisible, Refusal, RuleBroken
from tests.cast import FOUNDED, NOON, Cast, Role, grant_confirmed, opened
from tests.races import race

PEOPLE = ["applicant", "gold", "silver", "bronze", "operator", "engagement", "loggist", "npt", "comms", "engineer", "technician", "gmp_operator"]
ROLES = sorted(OPERATION_ROLES)


@contextmanager
def undone() -> Iterator[None]:
    """What one example does is rolled back before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def mirrored() -> set[tuple]:
    rows = OperationUserObjectPermission.objects.values_list("content_object_id", "user_id", "permission__codename")
    return {(operation, person, codename.removeprefix("act_as_")) for operation, person, codename in rows}


def in_force() -> set[tuple]:
    return set(Appointment.objects.in_force().values_list("operation_id", "person_id", "role"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from(PEOPLE), st.sampled_from(ROLES), st.booleans()), max_size=12))
def test_p1_appointments_equal_the_object_permissions_after_any_sequence(cast: Cast, steps: list[tuple[bool, str, str, bool]]):
    with undone():
        operations = [opened(cast), opened(cast)]
        for starts, username, role, second in steps:
            operation, person = operations[second], cast.people[username]
            try:
                if starts:
                    appoint(operation, person=person, role=role, by=cast.applicant, at=NOON)
                elif one := Appointment.objects.filter(operation=operation, person=person, role=role).last():
                    end_appointment(one, reason="Exchanged", by=cast.applicant, at=NOON)
            except Refusal:
                pass
            assert mirrored() == in_force()


def test_p1_object_permissions_follow_the_appointment(cast: Cast):
    operation, other = opened(cast, ("silver", Role.SILVER)), opened(cast)
    assert get_perms(cast.silver, operation) == ["act_as_silver"]
    assert not get_perms(cast.silver, other)
    end_appointment(operation.appointments.get(person=cast.silver), reason="Ill", by=cast.applicant, at=NOON)
    assert not get_perms(cast.silver, operation)


def test_p1_the_opener_is_the_applicant(cast: Cast):
    operation = opened(cast)
    assert in_force() == mirrored() == {(operation.pk, cast.applicant.pk, "applicant")}


def test_p1_an_appointment_ends_with_its_reason_and_may_begin_again(cast: Cast):
    operation = opened(cast, ("silver", Role.SILVER))
    first = operation.appointments.get(person=cast.silver)
    end_appointment(first, reason="Ill", by=cast.applicant, at=NOON)
    assert (first.again().ended_at, first.again().ended_by, first.again().end_reason) == (NOON, cast.applicant, "Ill")
    appoint(operation, person=cast.silver, role=Role.SILVER, by=cast.applicant, at=NOON)
    assert operation.appointments.in_force().filter(person=cast.silver).count() == 1


def test_p1_the_appointed_person_is_told_by_reference_only(cast: Cast):
    operation = opened(cast, ("silver", Role.SILVER), title="Secret purpose")
    notice = Notice.objects.get(key__startswith="appointed:")
    assert (notice.person, operation.reference in notice.text) == (cast.silver, True)
    assert "Secret" not in notice.text


class TestRefused:
    def told(self, cast: Cast, operation: Operation, username: str, role: str, by: str = "applicant", at: datetime = NOON) -> Refusal:
        before = in_force()
        with pytest.raises(Refusal) as refused:
            appoint(operation, person=cast.people[username], role=role, by=cast.people[by], at=at)
        assert in_force() == mirrored() == before
        return refused.value

    def test_p1_what_has_not_been_granted(self, cast: Cast):
        told = self.told(cast, opened(cast), "bronze", Role.GOLD)
        assert (told.code, "granted and confirmed" in told.sentence) == ("P-1", True)

    def test_p1_what_has_been_granted_but_not_confirmed(self, cast: Cast):
        grant = grant_role(cast.bronze, role=Role.GOLD, by=cast.sysadmin, at=NOON)
        assert self.told(cast, opened(cast), "bronze", Role.GOLD).code == "P-1"
        confirm_grant(grant, by=cast.sysadmin2, at=NOON)
        appoint(opened(cast), person=cast.bronze, role=Role.GOLD, by=cast.applicant, at=NOON)

    def test_p1_what_was_taken_away(self, cast: Cast):
        end_grant(RoleGrant.objects.get(person=cast.bronze), by=cast.sysadmin, at=NOON)
        assert self.told(cast, opened(cast), "bronze", Role.BRONZE).code == "P-1"

    def test_p1_what_has_run_out(self, cast: Cast):
        grant_confirmed(cast, cast.bronze, Role.GOLD, until_date=NOON.date())
        appoint(opened(cast), person=cast.bronze, role=Role.GOLD, by=cast.applicant, at=NOON)
        assert self.told(cast, opened(cast), "bronze", Role.GOLD, at=NOON + timedelta(days=1)).code == "P-1"

    def test_p1_somebody_who_has_left(self, cast: Cast):
        deactivate(cast.bronze, by=cast.sysadmin, at=NOON)
        assert self.told(cast, opened(cast), "bronze", Role.BRONZE).code == "P-1"

    @pytest.mark.parametrize("role", sorted(set(Role) - OPERATION_ROLES))
    def test_p1_an_office_is_no_part_in_an_operation(self, cast: Cast, role: Role):
        told = self.told(cast, opened(cast), "ao", role)
        assert "office of the force" in told.sentence

    def test_p1_the_same_twice(self, cast: Cast):
        assert "already" in self.told(cast, opened(cast, ("silver", Role.SILVER)), "silver", Role.SILVER).sentence

    def test_5_10_operator_and_engagement_officer_are_two_people(self, cast: Cast):
        grant_confirmed(cast, cast.operator, Role.ENGAGEMENT_OFFICER)
        grant_confirmed(cast, cast.engagement, Role.OPERATOR)
        operation = opened(cast, ("operator", Role.OPERATOR), ("engagement", Role.ENGAGEMENT_OFFICER))
        assert self.told(cast, operation, "operator", Role.ENGAGEMENT_OFFICER).clause == "5.10"
        assert self.told(cast, operation, "engagement", Role.OPERATOR).clause == "5.10"
        end_appointment(operation.appointments.get(person=cast.operator), reason="Exchanged", by=cast.applicant, at=NOON)
        appoint(operation, person=cast.operator, role=Role.ENGAGEMENT_OFFICER, by=cast.applicant, at=NOON)

    @pytest.mark.parametrize("by", ["bronze", "operator", "loggist", "npt"])
    def test_p1_appointed_people_without_that_power(self, cast: Cast, by: str):
        parts = [("bronze", Role.BRONZE), ("operator", Role.OPERATOR), ("loggist", Role.LOGGIST), ("npt", Role.NPT_SUPERVISOR)]
        assert isinstance(self.told(cast, opened(cast, *parts), "comms", Role.COMMUNICATIONS, by=by), NotPermitted)

    @pytest.mark.parametrize("by", ["stranger", "sysadmin", "ao", "sro", "gmp_operator"])
    def test_p1_those_who_do_not_see_it(self, cast: Cast, by: str):
        assert isinstance(self.told(cast, opened(cast), "comms", Role.COMMUNICATIONS, by=by), NotVisible)

    @pytest.mark.parametrize("by", ["gold", "silver"])
    def test_p1_commanders_may(self, cast: Cast, by: str):
        operation = opened(cast, ("gold", Role.GOLD), ("silver", Role.SILVER))
        appoint(operation, person=cast.comms, role=Role.COMMUNICATIONS, by=cast.people[by], at=NOON)

    def test_p1_only_an_officer_who_may_apply_opens_an_operation(self, cast: Cast):
        with pytest.raises(NotPermitted):
            open_operation(title="Mine", by=cast.gold, at=NOON)
        assert not Operation.objects.exists()


class TestEnding:
    @pytest.mark.parametrize(("by", "kind"), [("bronze", NotPermitted), ("stranger", NotVisible)])
    def test_p1_needs_the_power_to_appoint(self, cast: Cast, by: str, kind: type[Refusal]):
        operation = opened(cast, ("silver", Role.SILVER), ("bronze", Role.BRONZE))
        with pytest.raises(kind):
            end_appointment(operation.appointments.get(person=cast.silver), reason="No reason", by=cast.people[by], at=NOON)
        assert get_perms(cast.silver, operation) == ["act_as_silver"]

    def test_p1_an_operation_keeps_its_applicant(self, cast: Cast):
        operation = opened(cast, ("silver", Role.SILVER))
        with pytest.raises(RuleBroken, match="keeps its applicant"):
            end_appointment(operation.appointments.get(person=cast.applicant), reason="Moved", by=cast.silver, at=NOON)

    def test_p1_only_once(self, cast: Cast):
        appointment = opened(cast, ("silver", Role.SILVER)).appointments.get(person=cast.silver)
        end_appointment(appointment, reason="Ill", by=cast.applicant, at=NOON)
        with pytest.raises(RuleBroken, match="already ended"):
            end_appointment(appointment, reason="Ill again", by=cast.applicant, at=NOON)

    @pytest.mark.django_db(transaction=True)
    def test_p1_two_at_once_end_it_once(self, cast: Cast):
        operation = opened(cast, ("silver", Role.SILVER))
        appointment = operation.appointments.get(person=cast.silver)
        results = race(*[lambda: end_appointment(appointment, reason="Ill", by=cast.applicant, at=NOON)] * 2)
        assert sorted(type(result).__name__ for result in results) == ["Appointment", "RuleBroken"]
        assert mirrored() == in_force()

    @pytest.mark.django_db(transaction=True)
    def test_p1_two_at_once_appoint_once(self, cast: Cast):
        operation = opened(cast, ("gold", Role.GOLD))
        doings: list[Callable] = [
            lambda by=by: appoint(operation, person=cast.silver, role=Role.SILVER, by=by, at=NOON) for by in (cast.applicant, cast.gold)
        ]
        assert sorted(type(result).__name__ for result in race(*doings)) == ["Appointment", "RuleBroken"]
        assert mirrored() == in_force()


class TestTraining:
    """P-4, 4.3, 10.8: training that lapses before the deployment ends is refused, with the course and the date."""

    def lasting_until(self, cast: Cast, ends_at: datetime) -> Operation:
        operation = opened(cast)
        operation.ends_at = ends_at
        operation.save()
        return operation

    def with_only(self, cast: Cast, username: str, completed: date) -> None:
        TrainingRecord.objects.filter(person=cast.people[username], course="data_protection").delete()
        attested_by = cast.host.name if username == "gmp_operator" else ""
        record_training(cast.people[username], course="data_protection", completed_date=completed, attested_by=attested_by, by=cast.training, at=NOON)

    @pytest.mark.parametrize(
        ("username", "role"),
        [("operator", Role.OPERATOR), ("engagement", Role.ENGAGEMENT_OFFICER), ("silver", Role.SILVER), ("gmp_operator", Role.OPERATOR)],
    )
    def test_p4_a_lapse_before_the_end_names_course_and_date(self, cast: Cast, username: str, role: Role):
        self.with_only(cast, username, date(2026, 3, 29))
        operation = self.lasting_until(cast, datetime(2027, 3, 30, 12, tzinfo=UTC))
        with pytest.raises(RuleBroken, match="Data protection.*runs out on 29 March 2027") as refused:
            appoint(operation, person=cast.people[username], role=role, by=cast.applicant, at=NOON)
        assert (refused.value.code, refused.value.clause) == ("P-4", "10.8")
        assert [finding.code for finding in refused.value.findings] == ["P-4"]
        assert not operation.appointments.filter(person=cast.people[username]).exists()

    def test_p4_the_last_day_counts_to_its_end_in_london(self, cast: Cast):
        self.with_only(cast, "operator", date(2026, 3, 29))
        last_instant = datetime(2027, 3, 29, 22, 59, 59, 999999, tzinfo=UTC)  # summer time began the day before
        with pytest.raises(RuleBroken):
            appoint(
                self.lasting_until(cast, last_instant + timedelta(microseconds=1)),
                person=cast.operator,
                role=Role.OPERATOR,
                by=cast.applicant,
                at=NOON,
            )
        appoint(self.lasting_until(cast, last_instant), person=cast.operator, role=Role.OPERATOR, by=cast.applicant, at=NOON)

    def test_p4_a_lapse_since_counts_even_where_the_end_lies_behind(self, cast: Cast):
        operation = self.lasting_until(cast, FOUNDED)
        self.with_only(cast, "operator", date(2025, 3, 29))
        with pytest.raises(RuleBroken, match="runs out on 29 March 2026"):
            appoint(operation, person=cast.operator, role=Role.OPERATOR, by=cast.applicant, at=NOON)

    def test_p4_a_course_never_taken_is_named(self, cast: Cast):
        TrainingRecord.objects.filter(person=cast.operator, course="bias_and_limits").delete()
        with pytest.raises(RuleBroken, match="no record of the course “Bias, technical limits and engagement protocol”"):
            appoint(opened(cast), person=cast.operator, role=Role.OPERATOR, by=cast.applicant, at=NOON)

    def test_p4_others_need_none_to_the_end(self, cast: Cast):
        TrainingRecord.objects.filter(person=cast.loggist).delete()
        appoint(opened(cast), person=cast.loggist, role=Role.LOGGIST, by=cast.applicant, at=NOON)

    def test_p4_the_cast_is_trained_whenever_a_test_takes_place(self, cast: Cast):
        for at in (FOUNDED, NOON, datetime.now(UTC)):
            opened(cast, ("operator", Role.OPERATOR), ("engagement", Role.ENGAGEMENT_OFFICER), ("silver", Role.SILVER), at=at)


class TestIndependence:
    """P-3, 4.1: the wall between an operation and its Authorising Officer, from both sides."""

    def test_p3_one_without_any_part_is_independent(self, cast: Cast):
        operation = opened(cast, ("silver", Role.SILVER))
        for person in (cast.ao, cast.ao2, cast.stranger):
            assert is_independent(person, operation)
            check_independent(person, operation)

    @pytest.mark.parametrize("username", ["applicant", "gold", "silver", "bronze", "operator", "engagement", "loggist", "npt"])
    def test_p3_nobody_appointed_is_even_afterwards(self, cast: Cast, username: str):
        role = {"engagement": Role.ENGAGEMENT_OFFICER, "npt": Role.NPT_SUPERVISOR}.get(username) or Role(username)
        operation = opened(cast, *([] if username == "applicant" else [(username, role)]))
        person = cast.people[username]
        assert not is_independent(person, operation)
        if username != "applicant":
            end_appointment(operation.appointments.get(person=person), reason="Exchanged", by=cast.applicant, at=NOON)
        with pytest.raises(RuleBroken) as refused:
            check_independent(person, operation)
        assert (refused.value.code, refused.value.clause) == ("P-3", "4.1")
        assert person.name in refused.value.sentence

    def test_p3_nobody_who_wrote_a_part(self, cast: Cast):
        operation = opened(cast)
        for _ in range(2):
            tie(operation, cast.ao, Tie.Kind.CONTRIBUTED, at=NOON)
        assert not is_independent(cast.ao, operation)
        assert is_independent(cast.ao2, operation)

    def test_p3_a_part_in_another_operation_is_no_part_in_this(self, cast: Cast):
        operation, other = opened(cast), opened(cast, ("silver", Role.SILVER))
        tie(other, cast.ao, Tie.Kind.CONTRIBUTED, at=NOON)
        assert is_independent(cast.silver, operation)
        assert is_independent(cast.ao, operation)

    def test_p3_having_decided_before_leaves_them_independent(self, cast: Cast):
        """A returned application comes back to the same officer."""
        operation = opened(cast)
        tie(operation, cast.ao, Tie.Kind.DECIDED, at=NOON)
        assert is_independent(cast.ao, operation)

    def test_p3_who_has_decided_is_not_appointed_afterwards(self, cast: Cast):
        operation = opened(cast)
        grant_confirmed(cast, cast.ao, Role.GOLD)
        check_not_its_ao(cast.ao, operation)
        tie(operation, cast.ao, Tie.Kind.DECIDED, at=NOON)
        with pytest.raises(RuleBroken) as refused:
            appoint(operation, person=cast.ao, role=Role.GOLD, by=cast.applicant, at=NOON)
        assert (refused.value.code, refused.value.clause) == ("P-3", "4.1")
        appoint(opened(cast), person=cast.ao, role=Role.GOLD, by=cast.applicant, at=NOON)

    def test_p3_nobody_is_on_both_sides(self, cast: Cast):
        operation, other = opened(cast), opened(cast)
        tie(operation, cast.ao, Tie.Kind.CONTRIBUTED, at=NOON)
        tie(other, cast.ao, Tie.Kind.DECIDED, at=NOON)
        for one, kind in ((operation, Tie.Kind.DECIDED), (other, Tie.Kind.CONTRIBUTED)):
            with pytest.raises(RuleBroken) as refused:
                tie(one, cast.ao, kind, at=NOON)
            assert refused.value.code == "P-3"
        with pytest.raises(RuleBroken):
            tie(operation, cast.applicant, Tie.Kind.DECIDED, at=NOON)

    @pytest.mark.django_db(transaction=True)
    def test_p3_appointed_and_deciding_at_the_same_moment_one_is_refused(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        """The decision has been checked, then the appointment: without a common lock both would stand."""
        grant_confirmed(cast, cast.ao, Role.GOLD)
        operation, checked = opened(cast), Event()

        def check_then_wait(person: User, operation: Operation) -> None:
            check_not_its_ao(person, operation)
            checked.set()

        def decide() -> None:
            with transaction.atomic():
                check_independent(cast.ao, operation)
                checked.wait(0.5)  # on SQLite the other one cannot even begin
                tie(operation, cast.ao, Tie.Kind.DECIDED, at=NOON)

        monkeypatch.setattr(services, "check_not_its_ao", check_then_wait)
        results = race(decide, lambda: appoint(operation, person=cast.ao, role=Role.GOLD, by=cast.applicant, at=NOON))
        refused = [result for result in results if isinstance(result, Exception)]
        assert [(type(error), error.code) for error in refused] == [(RuleBroken, "P-3")]
        assert Tie.objects.exists() != Appointment.objects.filter(person=cast.ao).exists()
