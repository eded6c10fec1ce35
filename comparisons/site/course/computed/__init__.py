"""What a chapter shows that no comparison records: computed at each build."""
