"""The doors to Stage 2: reading deployments, their transitions, and what is entered while they run."""
