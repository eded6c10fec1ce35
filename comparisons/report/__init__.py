"""The report of a comparison, from its records and nothing else."""
