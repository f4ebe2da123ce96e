"""What a SEF is. Pure: no Qt, no SQL, no files."""
