"""The doors of Stage 1."""
