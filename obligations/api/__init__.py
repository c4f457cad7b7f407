"""The doors to clocks."""
