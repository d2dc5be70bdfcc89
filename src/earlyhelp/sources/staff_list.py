"""A staff list: who works in which team, for how much of the week, from when to when. No names are read."""

from __future__ import annotations

from earlyhelp.sources.layout import PROPOSED, Fill, Heading, Part, Source
from earlyhelp.standard import worker

staff_list = Source(
    name="staff_list",
    title="Staff list: workers, teams, hours",
    publisher="Councils; headings proposed",
    status=PROPOSED,
    formats=("csv", "txt", "xlsx"),
    parts=(
        Part(
            "staff",
            (
                Heading(
                    "Worker ID",
                    also=("Staff ID", "Employee ID", "Payroll number", "Employee number", "Practitioner ID"),
                ),
                Heading("Name", also=("Worker name", "Employee name", "Full name")),
                Heading("Team", also=("Team name", "Service", "Cost centre name")),
                Heading("Locality", also=("Area", "Hub", "Base", "Location")),
                Heading("Role", also=("Job title", "Post", "Post title", "Position")),
                Heading("FTE", also=("Full-time equivalent", "WTE", "Whole time equivalent", "Contracted FTE")),
                Heading("Start date", also=("In team from", "From", "Date started", "Start in post")),
                Heading("End date", also=("In team to", "To", "Date left", "Leaving date", "End in post")),
            ),
            (
                Fill(
                    worker,
                    {
                        worker.worker_id: "Worker ID",
                        worker.team: "Team",
                        worker.locality: "Locality",
                        worker.role: "Role",
                        worker.fte: "FTE",
                        worker.valid_from: "Start date",
                        worker.valid_to: "End date",
                    },
                ),
            ),
            needed=("Worker ID", "Team"),
            name="staff(list)?|workers|establishment(list)?",
            note="The worker's number must be the one that the case system shows beside an episode.",
        ),
    ),
)
