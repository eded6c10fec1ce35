"""Files that are altered or damaged, and their readers."""
