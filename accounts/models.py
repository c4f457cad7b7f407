"""Forces and their people: rank, roles, training; and what each person is told."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from knox.models import AbstractAuthToken

from accounts.querysets import NoticeQuerySet, PersonQuerySet, RoleGrantQuerySet, SignInResetQuerySet, TokenQuerySet, TrainingQuerySet
from accounts.states import GrantState, Rank, Role, Tenure
from audit.chain import SYSTEM_CHAIN
from audit.models import Governed


class Force(models.Model):
    """A police force. The host force lends vans and Operators (3.5)."""

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.CharField(max_length=100)
    is_host = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one account. Nobody is a superuser: such a person would pass every object check."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("user name", max_length=60, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    password_is_temporary = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = BaseUserManager.from_queryset(PersonQuerySet)()
    chain_id = SYSTEM_CHAIN

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self) -> str:
        return self.name

    def offices(self, at: datetime) -> frozenset[Role]:
        """Every role this person holds at that moment (P-1): what they may be. Nothing for an inactive person."""
        if not self.is_active:
            return frozenset()
        return frozenset(Role(role) for role in self.grants.held(at).values_list("role", flat=True))

    def rank_at(self, at: datetime) -> Rank | None:
        """The rank on that London day: the newest substantive one, or a higher acting or temporary one within its dates (P-2)."""
        day = timezone.localdate(at)
        held = self.ranks.filter(Q(until_date=None) | Q(until_date__gte=day), from_date__lte=day).order_by("from_date", "pk")
        substantive = [row for row in held if row.tenure == Tenure.SUBSTANTIVE][-1:]
        counted = substantive + [row for row in held if row.tenure != Tenure.SUBSTANTIVE]
        return max((Rank(row.rank) for row in counted), key=lambda rank: rank.order, default=None)


class RankHolding(models.Model):
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ranks")
    rank = models.CharField(max_length=30, choices=Rank)
    tenure = models.CharField(max_length=12, choices=Tenure, default=Tenure.SUBSTANTIVE)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "rank"


class RoleGrant(Governed):
    """What a person may be (P-1). One administrator grants it, another confirms it, neither of them the person."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "role"
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(ended_at=None), name="one_open_grant_a_role"),
            models.CheckConstraint(condition=Q(granted_by=None) | ~Q(granted_by=F("person")), name="granter_is_not_grantee"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("granted_by"))), name="confirmer_is_a_third_person"
            ),
        ]

    def has_run_out(self, at: datetime) -> bool:
        """Its last day has passed."""
        return self.until_date is not None and self.until_date < timezone.localdate(at)

    def state(self, at: datetime) -> GrantState:
        if self.ended_at:
            return GrantState.ENDED
        if self.has_run_out(at):
            return GrantState.RUN_OUT
        return GrantState.HELD if self.confirmed_at else GrantState.WAITING


class SignInReset(Governed):
    """The reset of a System Administrator's sign-in (P-1). One administrator asks for it, another does it or declines, neither of them the person."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_in_resets")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SignInResetQuerySet.as_manager()

    class Meta:
        verbose_name = "reset of a sign-in"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(confirmed_at=None, declined_at=None), name="one_open_reset_a_person"),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="asker_is_not_the_person"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("asked_by"))), name="reset_takes_a_third_person"
            ),
        ]


class TrainingRecord(models.Model):
    """A course that a person has completed (P-4, 10.8). `expires_date` is the last day it counts; none for a course taken once."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training")
    course = models.SlugField(max_length=40)
    completed_date = models.DateField()
    expires_date = models.DateField(null=True, blank=True)
    attested_by = models.CharField("attested by the host force", max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "training record"
        constraints = [models.UniqueConstraint(fields=["person", "course", "completed_date"], name="one_record_a_course_and_day")]
        indexes = [models.Index(fields=["expires_date", "id"], name="training_by_expiry")]


class Notice(models.Model):
    """What a person is told: their inbox, and the outbox from which it is mailed. A reference and a link, no place and no purpose."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveIntegerField(default=0)
    mail_next_at = models.DateTimeField(null=True, blank=True)
    mail_error = models.CharField(max_length=80, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="inbox"),
            models.Index(fields=["mail_next_at"], condition=Q(mailed_at=None), name="outbox"),
        ]


class ApiToken(Governed, AbstractAuthToken):
    """What a program shows for its person (P-1): only its hash, and its first characters to find it by. It expires; the row stays, as a record."""

    SHOWN = 15  # characters kept readable: the library looks a token up by them

    digest = models.CharField(max_length=128, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    created = models.DateTimeField()
    expiry = models.DateTimeField()
    used_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = "token"

    def __str__(self) -> str:
        return self.name

    def is_valid(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expiry


class KeptAnswer(models.Model):
    """What a person's request with an Idempotency-Key was answered, for its second try. Holds no words about anybody: `fingerprint` is keyed."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_a_key")]
        indexes = [models.Index(fields=["kept_at"], name="answers_to_forget")]
