"""Providers' spreadsheets: who was referred to a service, how many sessions they came to, and how it ended."""

from __future__ import annotations

from earlyhelp.sources.about_people import NAMES, headings_of, in_words, told_of
from earlyhelp.sources.layout import PROPOSED, Fill, Heading, MadeKey, Part, PersonOf, Source
from earlyhelp.standard import codelists, person, service_delivered

CLIENT, SERVICE = "Client ID", "Service ID"
_TOLD = (*NAMES, person.sex, person.postcode)

provider = Source(
    name="provider",
    title="Providers' spreadsheets of clients and sessions",
    publisher="Providers of services; headings proposed",
    status=PROPOSED,
    formats=("xlsx", "xls", "csv"),
    parts=(
        Part(
            "clients",
            (
                Heading(
                    CLIENT,
                    also=("Client reference", "Participant ID", "Service user ID", "Beneficiary ID", "Client no"),
                ),
                *headings_of(*_TOLD),
                Heading(SERVICE, also=("Service code", "Programme ID", "Programme code", "Service")),
                Heading("Council's episode ID", also=("Episode ID", "EH episode ID", "Referrer's case number")),
                Heading("Date referred", also=("Referral date", "Date of referral", "Date offered", "Offer date")),
                Heading("Date started", also=("Start date", "First session", "Date of first session")),
                Heading("Date ended", also=("End date", "Last session", "Date closed", "Exit date")),
                Heading("Sessions offered", also=("No. of sessions offered", "Sessions planned", "Sessions booked")),
                Heading("Sessions attended", also=("No. of sessions attended", "Attended", "Attendances")),
                Heading(
                    "Status",
                    also=(
                        "Outcome",
                        "Current status",
                        "Exit reason",
                        "Reason ended",
                        "Reason for leaving",
                        "How it ended",
                    ),
                    wordings=in_words(codelists.delivery_status),
                ),
                Heading("Notes", also=("Comments", "Progress")),
            ),
            (
                Fill(
                    service_delivered,
                    {
                        service_delivered.delivery_id: MadeKey((CLIENT, SERVICE), label="delivery"),
                        service_delivered.person_key: PersonOf(CLIENT),
                        service_delivered.service_id: SERVICE,
                        service_delivered.episode_id: "Council's episode ID",
                        service_delivered.offered_date: "Date referred",
                        service_delivered.start_date: "Date started",
                        service_delivered.end_date: "Date ended",
                        service_delivered.sessions_offered: "Sessions offered",
                        service_delivered.sessions_attended: "Sessions attended",
                        service_delivered.status: "Status",
                    },
                ),
                *told_of(CLIENT, *_TOLD),
            ),
            needed=(CLIENT, SERVICE),
            name="(provider)?(clients|participants|serviceusers|attendees)",
            note="A client who takes the same service again is told apart by the order of the rows. Notes are not read.",
        ),
    ),
    note="Each provider numbers its own clients: load one provider's files under one name, and never two providers' as one file.",
)
