"""People and families: which records are about the same human being, and who belongs together.

For now people are known by the council's own ids alone. Linkage across systems takes the place of `give_people`. What it
leaves behind is `person_of`, from which every record gets its `person_id` and `family_id`, and `person_link`.
"""

from earlyhelp.link.families import give_families
from earlyhelp.link.people import give_people, tell_links

__all__ = ["give_families", "give_people", "tell_links"]
