"""The extension of Sphinx by which the course shows code and records."""

from comparisons.site.course.extension import setup

__all__ = ("setup",)
