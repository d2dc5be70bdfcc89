"""People and families: which records are about the same human being, and who belongs together.

Records of people are compared by a model learned from the council's own data (`records`, `comparisons`, `model`, `scoring`),
put together so that none contradicts another (`clusters`), and get ids that stay (`people`). What linkage leaves behind is
`person_of`, from which every record gets its `person_id` and `family_id`, and `person_link`.
"""

from earlyhelp.link.earlier import KEPT, recall, rules, told_of
from earlyhelp.link.families import give_families
from earlyhelp.link.family_rules import DEFINITIONS, FamilyDefinition
from earlyhelp.link.model import Parameters
from earlyhelp.link.people import give_people, tell_links
from earlyhelp.link.thresholds import label_people, spells_under
from earlyhelp.store.spark import Spark

__all__ = [
    "DEFINITIONS",
    "KEPT",
    "FamilyDefinition",
    "Parameters",
    "Spark",
    "give_families",
    "give_people",
    "label_people",
    "recall",
    "rules",
    "spells_under",
    "tell_links",
    "told_of",
]
