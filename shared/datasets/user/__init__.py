"""Files of the user's own: labelled texts, tagged words, series."""
