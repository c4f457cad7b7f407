import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

# The warning is about pickled messages under root; CELERY_ACCEPT_CONTENT takes JSON only.
warnings.simplefilter("ignore", SecurityWarning)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lfr_governance.settings")
app = Celery("lfr_governance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
