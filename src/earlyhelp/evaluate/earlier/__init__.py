"""What came before step-ups: signs, sequences, missed opportunities, where need shows late; of a council, never of a family.

There is no score in it and nothing that tells of one family: what was recorded before step-ups was recorded before many
days on which nothing followed, and both are told beside each other.
"""

from earlyhelp.evaluate.earlier.answer import STANDARD, Earlier, what_came_before
from earlyhelp.evaluate.earlier.before import Recorded, Sequence, Timing
from earlyhelp.evaluate.earlier.looks import BACK, FOLLOWED, LEFT_OUT, LIKE, Span
from earlyhelp.evaluate.earlier.missed import RULES, Missed, MissedRule, Share, trend
from earlyhelp.evaluate.earlier.signs import SIGNS, Sign
from earlyhelp.evaluate.earlier.unseen import BY, Unseen, shrunken
from earlyhelp.evaluate.earlier.warnings import FALSE_ALARMS, SERIES, Watched, exceeded

__all__ = [
    "BACK",
    "BY",
    "FALSE_ALARMS",
    "FOLLOWED",
    "LEFT_OUT",
    "LIKE",
    "RULES",
    "SERIES",
    "SIGNS",
    "STANDARD",
    "Earlier",
    "Missed",
    "MissedRule",
    "Recorded",
    "Sequence",
    "Share",
    "Sign",
    "Span",
    "Timing",
    "Unseen",
    "Watched",
    "exceeded",
    "shrunken",
    "trend",
    "what_came_before",
]
