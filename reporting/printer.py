"""Turns one finished page into a tagged PDF (PDF/UA-1). Runs as a process of its own, bounded, without Django, network or files.

Read from standard input: JSON {"html", "css", "text", "dated"}; `text` is attached to the PDF. Written to standard output: the PDF.
The same input gives the same bytes.
"""

import datetime
import json
import resource
import sys
from typing import Any, NoReturn

from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher

MEMORY = 1_500_000_000
SECONDS = 60
ATTACHED = "signed-text.json"


class Refuses(URLFetcher):
    """Fetches nothing, whatever asks: a page that wants something from outside itself is not printed at all."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        raise FatalURLFetchingError(f"refused to fetch {url[:80]}")


def pdf_of(html: str, css: str, text: str, dated: str) -> bytes:
    nothing, moment = Refuses(), datetime.datetime.fromisoformat(dated)
    page = HTML(string=html, url_fetcher=nothing)
    signed = Attachment(
        string=text,
        name=ATTACHED,
        description="The text that was signed",
        created=moment,
        modified=moment,
        relationship="Source",
        url_fetcher=nothing,
    )
    return page.write_pdf(stylesheets=[CSS(string=css, url_fetcher=nothing)], attachments=[signed], pdf_variant="pdf/ua-1")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(pdf_of(**json.load(sys.stdin)))


if __name__ == "__main__":
    main()
