"""One answer in a fresh process: size, first byte, time, memory above idle. `python -m tests.machinery.measured ADDRESS`."""

import json
import re
import sys
from pathlib import Path
from time import perf_counter

import django
from django.test import Client


def kilobytes(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found.group(1))


def measured(address: str) -> dict[str, float]:
    client = Client(SERVER_NAME="localhost")
    client.get(f"{address}?place=nowhere").getvalue()  # everything is imported and connected
    Path("/proc/self/clear_refs").write_text("5")  # the peak is forgotten
    idle, began, first, size = kilobytes("VmRSS"), perf_counter(), 0.0, 0
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    for piece in answer:
        first, size = first or perf_counter() - began, size + len(piece)
    return {"seconds": perf_counter() - began, "first": first, "bytes": size, "peak_mib": (kilobytes("VmHWM") - idle) / 1024}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measured(sys.argv[1])))
