"""The web's own tables: users, runs and their steps, notes, events, frozen figures. Never tables of the standard."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from earlyhelp.web.access import NEEDS_SECOND_FACTOR, ROLE_WORDS, Power, Role, powers_of

GLASS_STAYS_BROKEN = timedelta(minutes=30)


class Users(BaseUserManager["User"]):
    """How users are made."""

    def create_user(self, email: str, password: str | None, roles: list[str], **more: Any) -> User:
        """A user with those roles; without a password only another identity provider lets them in."""
        user = self.model(email=self.normalize_email(email).casefold(), roles=roles, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. `roles`: what they are here; `team` of a team manager; `organisation` of a partner."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    roles = models.JSONField(default=list)
    team = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def powers(self) -> frozenset[Power]:
        """What the user may do now: by role, and names for half an hour after the glass was broken."""
        granted = powers_of(self.roles)
        if Power.BREAK_GLASS in granted and self.broken_glass is not None:
            return granted | {Power.IDENTITY}
        return granted

    @cached_property
    def broken_glass(self) -> BrokenGlass | None:
        """The exception that holds now, if any; looked up once in a request."""
        return self.glasses.filter(ends__gt=timezone.now()).order_by("-ends").first()

    @property
    def role_words(self) -> str:
        """The roles as people call them."""
        return ", ".join(ROLE_WORDS[Role(each)] for each in self.roles if each in ROLE_WORDS)

    @property
    def needs_second_factor(self) -> bool:
        """Whether the roles let the user see people."""
        return bool(powers_of(self.roles) & NEEDS_SECOND_FACTOR)

    @property
    def is_staff(self) -> bool:
        """Nobody: Django's own administration is not part of the application."""
        return False

    def __str__(self) -> str:
        return self.name or self.email


class BrokenGlass(models.Model):
    """An exception: somebody may see names until `ends`, for a reason, and everybody responsible sees that they did."""

    user = models.ForeignKey(User, models.PROTECT, related_name="glasses")
    reason = models.CharField(max_length=500)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    seen_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")


class Run(models.Model):
    """A piece of long work: what, who asked for it, how far it is. `heartbeat`: when its process was last heard of."""

    class State(models.TextChoices):
        """How far a run is."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Stopped"

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="runs")
    asked = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    message = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    result = models.JSONField(null=True)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.STOPPED)


class Step(models.Model):
    """One step of a run, as its process told it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    words = models.CharField(max_length=300)
    begun = models.DateTimeField()

    class Meta:
        """In the order they began."""

        ordering = ("id",)


class Note(models.Model):
    """What somebody wrote beside a measure's chart, on a day. It names nobody: that is asked for at the form."""

    measure = models.CharField(max_length=20)
    day = models.DateField()
    text = models.CharField(max_length=500)
    author = models.ForeignKey(User, models.PROTECT, related_name="notes")
    written = models.DateTimeField(auto_now_add=True)


class Event(models.Model):
    """A change after which figures may not be compared with those before: a new form, a lockdown."""

    day = models.DateField()
    name = models.CharField(max_length=100)
    author = models.ForeignKey(User, models.PROTECT, related_name="events")
    written = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order of their days."""

        ordering = ("day", "id")


class Frozen(models.Model):
    """A page as it was reported somewhere: its address, the snapshot it came from, and what it showed."""

    address = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    reported_to = models.CharField(max_length=200)
    day = models.DateField()
    snapshot = models.CharField(max_length=40)
    shown = models.JSONField()
    author = models.ForeignKey(User, models.PROTECT, related_name="frozen")
    written = models.DateTimeField(auto_now_add=True)


def stale_before(now: datetime) -> datetime:
    """A run not heard of since then has no process any more."""
    return now - timedelta(seconds=60)
