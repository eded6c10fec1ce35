"""The catalogue of data files: pinned addresses, checksums, readers."""
