"""Councils with planted truth: people and places, six years of lives, services with known effects, then the mess of real extracts."""
