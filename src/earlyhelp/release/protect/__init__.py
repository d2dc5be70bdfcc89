"""Disclosure control of whole tables: secondary suppression, and the attack that audits it."""
