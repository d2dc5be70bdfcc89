"""Partnership: who does early help besides the council."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Measure, Statistic
from earlyhelp.standard import eh_assessment

assessments_by_agency = Measure(
    id="D1",
    name="Assessments by initiating agency",
    question="Which agencies start early help assessments?",
    why="Early help is a partnership's work; where only the council assesses, it is not.",
    unit="assessments",
    numerator="Assessments that each kind of agency began.",
    denominator="Assessments begun.",
    of=eh_assessment,
    rows="SELECT eh_assessment.*, row_id AS unit_id, start_date AS day FROM eh_assessment",
    time=Flow("the assessment began"),
    statistic=Statistic.MIX,
    better=Better.CONTEXT,
    needs=(eh_assessment.start_date, eh_assessment.org_type),
    gate={eh_assessment.org_type: 0.5},
    always_by={"org_type": eh_assessment.org_type.code_list},
    traps=("Partners' own assessments are missing where they are not sent to the council.",),
    source="City of London 2017-18: no external assessments, so the whole dataset was the council's.",
)
