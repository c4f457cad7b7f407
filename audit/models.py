"""The trail, and the base of every governed record."""

import uuid
from typing import Any, Self

from django.db import DatabaseError, models
from django_fsm import FSMFieldMixin, TransitionNotAllowed

from audit.chain import GENESIS, SYSTEM_CHAIN
from policy.refusals import NotVisible, RuleBroken, Stale


class ChainHead(models.Model):
    """Where a chain ends. Locked last in an act: it is the only row that two acts on one operation must share."""

    chain = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)


class TrailEntry(models.Model):
    """One entry (G-5, clauses 7.1e and 10.9). Append-only: triggers refuse UPDATE and DELETE, the chain shows what they cannot stop."""

    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    payload = models.TextField()
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    thing_type = models.CharField(max_length=80)
    thing_id = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_per_place")]
        indexes = [models.Index(fields=["thing_id", "id"], name="entries_of_a_thing")]


class Sighting(models.Model):
    """That a person has opened a restricted record on a day: keeps the trail to one entry per person, record and day."""

    person_id = models.UUIDField()
    thing_id = models.UUIDField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "thing_id", "day"], name="one_sighting_a_day")]


class Governed(models.Model):
    """A record that acts change. Its version is the second belt of race control: `save()` writes only where the version is the one that was read.

    The library's own mixins are not used: a failed `refresh_from_db()` in them leaves the state unprotected for the whole process.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        self.version += 1
        kwargs["force_update"] = True
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        try:
            super().save(*args, **kwargs)
        except BaseException as error:
            self.version -= 1  # or a second try would pass for somebody who has read the newer version
            if isinstance(error, DatabaseError) and "did not affect any rows" in str(error):
                raise Stale() from error
            raise

    def _do_update(self, base_qs: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._do_update(base_qs.filter(version=self.version - 1), *args, **kwargs)  # type: ignore[misc]

    @property
    def chain_id(self) -> uuid.UUID:
        """The audit chain this record belongs to."""
        return SYSTEM_CHAIN

    def locked(self, version: int | None = None) -> Self:
        """The row as it is now, locked until the act ends. Raises Stale where the caller read another version."""
        # No key: PostgreSQL looks at foreign keys at commit, when the head of the chain is held. A full lock here would then be a deadlock.
        fresh = type(self)._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=self.pk).first()
        if fresh is None:
            raise NotVisible()
        if version is not None and fresh.version != version:
            raise Stale()
        return fresh

    def again(self) -> Self:
        """The row as it is now, read afresh: a state is never refreshed in place."""
        return type(self)._default_manager.get(pk=self.pk)

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Django's own, made to work beside a protected state: the old value steps aside and comes back if the read fails."""
        names = [f.attname for f in self._meta.concrete_fields if isinstance(f, FSMFieldMixin) and (fields is None or f.name in fields)]
        aside = {name: self.__dict__.pop(name) for name in names if name in self.__dict__}
        wanted = fields if fields is not None else [f.attname for f in self._meta.concrete_fields]
        try:
            models.Model.refresh_from_db(self, using=using, fields=wanted, from_queryset=from_queryset)
        except BaseException:
            self.__dict__.update(aside)
            raise
        if fields is None:
            self._state.fields_cache.clear()
            self.__dict__.pop("_prefetched_objects_cache", None)

    def step(self, name: str, **kwargs: Any) -> None:
        """Take the machine's step of that name, or say in which state the thing is and from which the step can be taken."""
        method = getattr(self, name)
        try:
            method(**kwargs)
        except TransitionNotAllowed:
            raise refused_step(self, method) from None


def refused_step(thing: Governed, method: Any) -> RuleBroken:
    machine = method._django_fsm
    words = next(iter(machine.transitions.values())).custom
    labels = dict(machine.field.choices)
    now = labels[getattr(thing, machine.field.name)].lower()
    from_ = " or ".join(labels[source].lower() for source in machine.transitions if source in labels)
    return RuleBroken(
        words["code"],
        f"This {thing._meta.verbose_name} is {now}. It can be {words['done']} only while it is {from_}.",
        clause=words["clause"],
        remedy="Open it again to see where it stands and what can be done next.",
    )
