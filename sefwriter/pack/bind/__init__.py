"""Evidence and narrative bound into one PDF in which every claim opens its page."""
