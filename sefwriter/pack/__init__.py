"""The pack: plan, Word file, narrative PDF, bound PDF, manifest; and verifying it."""
