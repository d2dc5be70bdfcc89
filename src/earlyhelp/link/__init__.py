"""People and families: which records are about the same human being, and who belongs together.

For now people are known by the council's own ids alone. The seam for linkage across systems is `people_and_families`: it
gives every record its `person_id` and `family_id`, and leaves `person_link` behind.
"""

from earlyhelp.link.families import give_families
from earlyhelp.link.people import give_people

__all__ = ["give_families", "give_people"]
