"""What bench/planted_faults.py is made of: who is in the registers, what speaks against a mistake, the page's section."""
