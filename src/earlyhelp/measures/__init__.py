"""Measures: one object a measure, one module a theme, with the intervals and curves that they rest on."""
