"""Statements of the frameworks side by side: what differs in them, and why."""
