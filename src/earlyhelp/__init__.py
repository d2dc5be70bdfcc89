"""Early Help Evidence: from the extracts a council already has to figures that finance and inspectors accept.

The tree is the pipeline:

    standard   what a record is           sources   how each system's extract maps to it
    ingest     read without losing a row  check     what is wrong, and who can mend it
    link       the same person and family build     episodes and spells, ready to count
    measures   counted, with intervals    release   the one door out
    pipeline   the stages in their order  cli       the commands
"""

__version__ = "0.1.0"
