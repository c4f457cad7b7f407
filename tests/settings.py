"""The product's own settings, made quick: nothing here changes a rule. tests.plugins.servers has put into the environment where the servers are."""

from lfr_governance.settings import *
from lfr_governance.settings import DATABASES, STORAGES, VAR

# The cast are people of the demonstration, and nobody outside it. What holds outside it is tested by turning this off.
DEMO, DEMO_PASSWORD = True, "one-for-the-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the threads of a race need connections of their own. No fsync: nobody pulls the plug on a test.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
