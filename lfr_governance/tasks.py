"""What Celery runs. The queue only wakes us up: a message that is lost costs a minute."""

from celery import shared_task
from django.utils import timezone

from lfr_governance.sweep import run


@shared_task(name="lfr_governance.tasks.sweep", ignore_result=True)
def sweep() -> None:
    run(at=timezone.now(), source="celery")
