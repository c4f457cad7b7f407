"""Doors of the library: the documents, for all staff; and within an operation its assessments, for those who have a part in it."""
