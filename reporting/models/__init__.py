"""Stage 3 in rows."""

from reporting.models.papers import Paper

__all__ = ["Paper"]
