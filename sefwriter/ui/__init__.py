"""The window: one folder a screen, each with a Qt model and a view, and no logic."""
