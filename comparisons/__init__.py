"""How the implementations compare: gates, runs, their store and the report."""
