"""The time to a fixed validation score, from a cold process on two cores."""
