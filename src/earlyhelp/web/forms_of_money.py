"""The forms of the money pages: which service at which cost, and what the council might do to one."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from earlyhelp.web.forms import PlainForm

KINDS = (
    ("stop", "stop it"),
    ("cut", "cut it by a share of its money"),
    ("grow", "grow it by a share of its money"),
    ("move", "move a share of its money to another service"),
)
IN_FILE = {"grow": "invest"}
"""What a scenario file calls what people call otherwise."""
PRIORS = (
    ("national", "the national evaluation, where it has a figure"),
    ("sceptical", "no difference, until shown otherwise here"),
    ("none", "nothing but what was found here"),
)
WHICH = dict.fromkeys(("required", "invalid_choice"), "Choose one of the services.")
Services = list[tuple[str, str]]


class BreakEven(PlainForm):
    """Which service, at which cost."""

    service = forms.ChoiceField(label="Service", error_messages=WHICH)
    cost = forms.DecimalField(
        label="Its cost in a year, in pounds",
        help_text="Leave it empty to take what the ledger says was spent.",
        min_value=1,
        max_value=1_000_000_000,
        max_digits=12,
        required=False,
    )

    def __init__(self, data: Any, services: Services) -> None:
        super().__init__(data)
        self.fields["service"].choices = services


class Change(PlainForm):
    """What the council might do to a service."""

    service = forms.ChoiceField(label="Service", error_messages=WHICH)
    kind = forms.ChoiceField(label="What would be done", choices=KINDS, widget=forms.RadioSelect, initial="cut",
                             error_messages=dict.fromkeys(("required", "invalid_choice"), "Say what would be done."))  # fmt: skip
    to = forms.ChoiceField(label="Where the money would go", help_text="Only where money moves.", required=False)
    share = forms.IntegerField(
        label="Share of its money, in per cent", help_text="Not needed to stop it.", min_value=1, max_value=500,
        required=False, initial=20,
    )  # fmt: skip
    begins = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$", label="First month", help_text="Such as 2027-04.",
        error_messages=dict.fromkeys(("required", "invalid"), "Give the first month as year and month, such as 2027-04."),
    )  # fmt: skip
    years = forms.IntegerField(
        label="For how many years", min_value=1, max_value=10, initial=3,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Give 1 to 10 years."),
    )  # fmt: skip
    annual_cost = forms.DecimalField(
        label="Its cost in a year, in pounds", help_text="Leave it empty to take the ledger's.", min_value=1,
        max_value=1_000_000_000, max_digits=12, required=False,
    )  # fmt: skip
    families_a_year = forms.IntegerField(
        label="Families who have it in a year", help_text="Leave it empty to take the records'.", min_value=1,
        max_value=100_000, required=False,
    )  # fmt: skip
    prior = forms.ChoiceField(
        label="What is taken to be known where the records tell little",
        choices=PRIORS,
        initial="national",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say what is taken to be known."),
    )

    def __init__(self, data: Any, services: Services, first: str) -> None:
        super().__init__(data)
        self.fields["service"].choices = services
        self.fields["to"].choices = [("", "nowhere"), *services]
        self.fields["begins"].initial = first

    def clean(self) -> None:
        """Ask for the share and the other service where the kind of change needs them."""
        told = self.cleaned_data
        if told.get("kind") == "move" and not told.get("to"):
            self.add_error("to", "Choose where the money would go.")
        if told.get("kind") != "stop" and not told.get("share"):
            self.add_error("share", "Give the share of its money, in per cent.")
        if told.get("kind") in ("cut", "move") and (told.get("share") or 0) > 100:
            self.add_error("share", "More than all of the money cannot go: give 1 to 100.")

    @property
    def as_file(self) -> str:
        """What was asked as the text of a scenario file."""
        told = self.cleaned_data
        kind = IN_FILE.get(told["kind"], told["kind"])
        lines = {
            "kind": json.dumps(kind),
            "service": json.dumps(told["service"]),
            "share": "1.0" if kind == "stop" else str(told["share"] / 100),
            "from": json.dumps(told["begins"]),
            "years": str(told["years"]),
            "prior": json.dumps(told["prior"]),
        }
        if kind == "move":
            lines["to"] = json.dumps(told["to"])
        lines |= {each: str(float(told[each])) for each in ("annual_cost", "families_a_year") if told.get(each)}
        return "[scenario]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())
