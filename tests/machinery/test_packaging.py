"""What is committed says which packages are needed and proves each by its hash, names no place to fetch them from, and holds no secret."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from lfr_governance import parts

ROOT = Path(settings.BASE_DIR)
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {"prepare", "web", "worker", "beat"}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_required_package_has_its_hash_and_no_address(path):
    text = path.read_text()
    packages = [line for line in text.replace("\\\n", "").splitlines() if not line.strip().startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", package), package
    assert "://" not in text


def test_the_two_locked_sets_agree():
    runtime, both = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in ("requirements.txt", "requirements-dev.txt"))
    assert runtime < both


def test_the_front_ends_lock_proves_every_package_and_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert name == "" or package["integrity"].startswith("sha512-"), name
    assert "registry" not in (ROOT / ".npmrc").read_text().replace("omit-lockfile-registry-resolved", "")


def test_compose_starts_what_one_machine_starts():
    services = COMPOSE["services"]
    assert services.keys() == OURS | {"postgres", "redis"}
    assert services["web"]["command"] == f"python -m {parts.WEB} --bind=0.0.0.0:8000"
    assert services["worker"]["command"] == f"python -m {parts.WORKER}"
    assert services["beat"]["command"] == f"python -m {parts.BEAT}"
    for name in OURS:
        assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS"} <= services[name]["environment"].keys()
        assert "LFR_DEMO" not in services[name]["environment"]


def test_d3_composes_postgresql_logs_no_statement_and_keeps_no_old_write_ahead_log():
    said = dict(re.findall(r"-c (\w+)=(\S+)", COMPOSE["services"]["postgres"]["command"]))
    assert (said["wal_recycle"], said["log_min_error_statement"], said["log_error_verbosity"]) == ("off", "panic", "terse")
    how_to = (ROOT / "docs/how-to/running.md").read_text()
    assert [name for name in said if f"`{name}`" not in how_to and f"`{name} = " not in how_to] == []


def test_compose_holds_no_secret():
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert re.fullmatch(r"\$\{\w+:\?\}", value), name
            if credentials := re.search(r"//\w+:([^@]+)@", value):
                assert re.fullmatch(r"\$\{\w+:\?\}", credentials[1]), name
