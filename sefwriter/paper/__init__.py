"""Block trees to PDF pages by typst, with our own fonts."""
