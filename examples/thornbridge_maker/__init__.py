"""Makes Thornbridge, an invented council: its people and what happened to them, then the files its systems would hold.

    people -> journeys (early help, statutory) -> layouts (Annex A, CIN census, SSDA903, SSD, the standard's own)
    -> faults, planted and written down -> files

Nobody in it lives or has lived; no place in it is on a map. Every draw comes from one seed: every run writes the same
bytes.
"""
