"""The acts of Stage 3."""

from reporting.services.papers import claim, export_trail, keep, note_failure

__all__ = ["claim", "export_trail", "keep", "note_failure"]
