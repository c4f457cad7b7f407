"""What the state of things allows in Stage 1: `content` (figures), `complete` (what is missing), `deciding` (who may decide, and on what)."""
