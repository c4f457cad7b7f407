"""The doors of Stage 3."""
