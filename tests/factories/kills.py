"""How often the tests of faults kill a process."""

import os

KILLS = int(os.environ.get("KILLS", "4"))
"""Kills of each kind, at drawn moments; before a release 20: the moments that
matter are short, and each kill costs the start of a command."""
