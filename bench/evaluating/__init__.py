"""The parts of bench/evaluate.py: what is made up, what is timed, and the peers."""
