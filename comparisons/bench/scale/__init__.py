"""What a run costs besides itself, through each engine."""
