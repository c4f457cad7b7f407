import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lfr_governance.settings")
app = Celery("lfr_governance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
