"""The frame round every screen: command row, rail, menus, who is at the desk, places remembered."""
