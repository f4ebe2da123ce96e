"""The screen Pack: what goes in, what is wrong, and the export."""
