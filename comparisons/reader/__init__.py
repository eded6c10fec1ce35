"""The same code in three frameworks, read from the sources side by side."""
