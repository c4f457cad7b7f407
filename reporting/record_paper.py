"""The deployment record as a document, from what was frozen at its submission and nothing else (R-1, 2)."""

import json
from typing import Any

from govuk.times import log_time
from policy import edition
from reporting.models import RecordSubmission

MARKING = "OFFICIAL"


def record(submission: RecordSubmission) -> dict[str, Any]:
    """What the page and the PDF say."""
    content = json.loads(submission.content)
    return {
        "marking": MARKING,
        "force": content["force"],
        "reference": content["reference"],
        "version": None,
        "subject": content["title"],
        "deployment": content["deployment"],
        "content": content,
        "facts": [{"label": f"{item['letter']}. {item['title']}", "lines": item["lines"]} for item in content["items"]],
        "submission": submission,
        "submitted": f"{submission.submitted_by.name}, {log_time(submission.submitted_at)}",
        "text": submission.content,
        "sha256": submission.sha256,
        "dated": f"{submission.submitted_at:%Y-%m-%dT%H:%M:%SZ}",
        "policy": edition(content["policy"]),
    }
