"""The doors to operations, and what views of a thing within an operation share."""
