"""The planted errors, a file for each part of the project.

A row: file, definition, right code, wrong code, what is wrong then, and where
needed which of several such codes, and why no test can distinguish the two.
"""
