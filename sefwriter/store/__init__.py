"""Whole-file writes, the vault of evidence files by SHA-256, and the world's faults."""
