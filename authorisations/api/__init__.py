"""The doors to Stage 1. Deciding, confirming and cancelling are signed, with the password typed again: that is done on the pages alone."""
