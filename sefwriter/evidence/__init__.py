"""Reading files into pages and text; passages found again; search."""
