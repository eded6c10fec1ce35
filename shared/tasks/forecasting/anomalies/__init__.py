"""Data, scores, and report tables of anomaly detection."""
