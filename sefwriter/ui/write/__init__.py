"""The writing screen: sections, the page with its claims, and what each claim rests on."""
