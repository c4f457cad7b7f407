"""The doors of Stage 2."""
