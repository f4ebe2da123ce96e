"""The office between people and rooms: requests become acts, acts become files."""
