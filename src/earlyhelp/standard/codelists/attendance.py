"""Codes of the attendance register, and which of them are absences."""

from __future__ import annotations

from earlyhelp.standard.types import CodeList, CodeValue

PRESENT = ("present_am", "present_pm", "L", "B", "J", "K", "P", "V", "W")
AUTHORISED = ("C", "C1", "C2", "E", "H", "I", "J1", "M", "R", "S", "T")
UNAUTHORISED = ("G", "N", "O", "U")
NOT_COUNTED = ("D", "Q", "X", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "closed")
"""Sessions a pupil could not have attended: they are neither possible nor missed."""

_REPLACED, _NEW = 2024, 2025

attendance_codes = CodeList(
    "attendance_codes",
    "Codes of the attendance register",
    (
        CodeValue("present_am", "Present, morning", ("Present am", "AM present")),
        CodeValue("present_pm", "Present, afternoon", ("Present pm", "PM present")),
        CodeValue("L", "Late, before the register closed", ("Late",)),
        CodeValue("B", "Educated off site"),
        CodeValue("K", "Education provision arranged by the local authority", valid_from=_NEW),
        CodeValue("P", "Sporting activity"),
        CodeValue("V", "Educational visit or trip"),
        CodeValue("W", "Work experience"),
        CodeValue("J", "Interview", valid_to=_REPLACED, note="Counted as present; J1 is an absence."),
        CodeValue("C", "Leave of absence, exceptional circumstances"),
        CodeValue("C1", "Leave of absence, regulated performance", valid_from=_NEW),
        CodeValue("C2", "Leave of absence, part-time timetable", valid_from=_NEW),
        CodeValue("E", "Suspended or excluded, no alternative provision"),
        CodeValue("H", "Holiday, agreed", valid_to=_REPLACED),
        CodeValue("I", "Illness", ("Ill",)),
        CodeValue("J1", "Interview, leave of absence", valid_from=_NEW),
        CodeValue("M", "Medical or dental appointment"),
        CodeValue("R", "Religious observance"),
        CodeValue("S", "Study leave"),
        CodeValue("T", "Traveller absence"),
        CodeValue("G", "Holiday, not agreed"),
        CodeValue("N", "No reason yet"),
        CodeValue("O", "Absent without authorisation"),
        CodeValue("U", "Late, after the register closed"),
        CodeValue("D", "Dual registered, at the other school"),
        CodeValue("Q", "Unable to attend, no access arrangements", valid_from=_NEW),
        CodeValue("X", "Not of compulsory age, no session due"),
        CodeValue("Y", "Unable to attend, exceptional circumstances", valid_to=_REPLACED),
        CodeValue("Y1", "Unable to attend, transport not available", valid_from=_NEW),
        CodeValue("Y2", "Unable to attend, widespread disruption to travel", valid_from=_NEW),
        CodeValue("Y3", "Unable to attend, part of the premises closed", valid_from=_NEW),
        CodeValue("Y4", "Unable to attend, whole site unexpectedly closed", valid_from=_NEW),
        CodeValue("Y5", "Unable to attend, in criminal justice detention", valid_from=_NEW),
        CodeValue("Y6", "Unable to attend, public health guidance or law", valid_from=_NEW),
        CodeValue("Y7", "Unable to attend, any other unavoidable cause", valid_from=_NEW),
        CodeValue("Z", "Not on the register yet"),
        CodeValue("closed", "School closed to all pupils"),
    ),
    source=(
        "Department for Education, Working together to improve school attendance, August 2024 "
        "(codes K, C1, C2, J1, Q and Y1 to Y7 from 19 August 2024; H, J and Y until then); / and \\ are present, # is closed"
    ),
)
