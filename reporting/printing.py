"""From a page to a PDF: the printer as a bounded child, and whether this machine has what it needs."""

import json
import os
import subprocess
import sys
from ctypes.util import find_library
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from reporting.papers import Page

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PRINTER = Path(__file__).with_name("printer.py")
PATIENCE = 90
# What the child is told of this machine: no address of a database, no secret.
TOLD = ("PATH", "HOME", "LANG", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH")


class NotPrinted(Exception):
    """The message is short and holds nothing of the document."""


@cache
def pdfs_on() -> bool:
    """Whether the system libraries are here that no Python package brings along."""
    return all(map(find_library, LIBRARIES))


@cache
def stylesheet() -> str:
    found = finders.find("paper.css")
    assert found, "static/paper.css is missing"
    return Path(found).read_text()


def to_pdf(page: Page) -> bytes:
    """The page as a PDF. Raises NotPrinted where the child failed, took too long, or needed too much."""
    asked = json.dumps({"html": page.html, "css": stylesheet(), "text": page.text, "dated": page.dated}).encode()
    environment = {name: os.environ[name] for name in TOLD if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PRINTER)], input=asked, capture_output=True, timeout=PATIENCE, env=environment, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        raise NotPrinted("took too long") from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotPrinted(reason(done.returncode, done.stderr))
    return done.stdout


def reason(code: int, said: bytes) -> str:
    """The kind of the error only: a message may carry words of the document."""
    if code < 0:
        return f"stopped by signal {-code}"
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    return last.partition(":")[0].rpartition(".")[2][:60] or "no document came"
