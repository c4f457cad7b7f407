"""The product's own settings for the processes that a test starts and kills: beat ticks each second, and the brakes are put on."""

import json
import os

from django.apps import AppConfig
from django.utils.module_loading import import_string

from lfr_governance import settings as product

SAID = json.loads(os.environ["LFR_TEST_PROCESS"])


class Braked(AppConfig):
    name = "tests.machinery"

    def ready(self) -> None:
        import_string("tests.machinery.brakes.put_on")(SAID)


vars().update({name: value for name, value in vars(product).items() if name.isupper()})
INSTALLED_APPS = [*product.INSTALLED_APPS, "tests.machinery.process_settings.Braked"]
MEDIA_ROOT = SAID["media"]
CELERY_BEAT_SCHEDULE = {name: {**entry, "schedule": 1.0} for name, entry in product.CELERY_BEAT_SCHEDULE.items()}
