"""The screen Review: a section as it will be read, what a sign-off covers, and signing it."""
