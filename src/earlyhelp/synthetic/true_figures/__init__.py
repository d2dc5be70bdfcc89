"""The true figures of a synthetic council: every measure worked out from its true records, slowly and in plain Python.

Nothing here is shared with what is tested: no query, no spell and no count of the product, only the words of its
catalogue. The figures are of the six reporting years, without splits but those that a measure is never without.
"""

from __future__ import annotations

from earlyhelp.synthetic.true_figures.figures import TRUE, true_figures
from earlyhelp.synthetic.true_figures.places import Figures, Place, TrueFigure
from earlyhelp.synthetic.true_figures.records import TrueRecords

__all__ = ["TRUE", "Figures", "Place", "TrueFigure", "TrueRecords", "true_figures"]
