"""Doors: what must be done by when, for a person, an operation and a force; certifying deletions; holds."""
