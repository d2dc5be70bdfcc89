"""The parts of bench/link.py."""
