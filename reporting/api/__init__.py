"""The doors to Stage 3: deployment records, read. The published figures are open data, at /register/."""
