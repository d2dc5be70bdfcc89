"""What bench/planted_faults.py is made of: who the people in the registers are."""
