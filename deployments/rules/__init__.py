"""What the state of things allows in Stage 2: `window` (authority and times), `alerts` (stages and results), `moments` (when something happened)."""
