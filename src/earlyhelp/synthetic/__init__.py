"""Councils with planted truth: people and places, lives, services with known effects, and the mess of real extracts."""
