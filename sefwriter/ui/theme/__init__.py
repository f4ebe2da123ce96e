"""How the window looks: colours by role, type, icons, and one place that paints pills and rows."""
