"""A table as an OpenDocument spreadsheet, written row by row: text stays text, so that nothing in it is taken for a formula (R-6, 9.6)."""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
IN_MEMORY = 1024 * 1024
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3"><office:body><office:spreadsheet>'
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
UNWRITABLE = {number: None for number in range(32) if chr(number) not in "\t\n\r"}  # XML has no place for these


def spreadsheet(name: str, rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """The file, at its beginning. The type comes first and unpacked, so that the kind of file can be told from its first bytes."""
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", TYPE, ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        with packed.open("content.xml", "w", force_zip64=True) as content:
            content.write(f'{HEAD}<table:table table:name="{escape(name)}">'.encode())
            for row in rows:
                content.write(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>".encode())
            content.write(TAIL.encode())
    file.seek(0)
    return file


def cell(value: Any) -> str:
    """A number, a text, or nothing where it is not known."""
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value).translate(UNWRITABLE))}</text:p></table:table-cell>'
