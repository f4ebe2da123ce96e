"""In and out: Word, framework packs."""
