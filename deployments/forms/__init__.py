"""What the pages of Stage 2 ask."""
