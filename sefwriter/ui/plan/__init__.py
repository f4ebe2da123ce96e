"""The screen Plan: the actions as a sheet to be edited, and the chosen one in full below."""
