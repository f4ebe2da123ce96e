"""Section text: Markdown, its block tree, and the claims that live in it."""
