"""Signed entries, the replica that holds them, and how copies meet."""
