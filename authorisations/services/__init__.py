"""The acts of Stage 1: `applying` fills in and submits, `deciding` considers and decides, `ending` lapses and cancels, `keeping` reviews."""
