"""How forms look: labels, hints and errors as the design system has them, and an error summary that leads to each field."""

from __future__ import annotations

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form is drawn by our own templates."""

    form_template_name = "earlyhelp/forms/form.html"
    field_template_name = "earlyhelp/forms/field.html"


class PlainForm(forms.Form):
    """A form without the browser's own messages: ours say what to do, and stand in the summary too."""

    use_required_attribute = False

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Each error with the id of the field it is about, for the list at the top of the page."""
        return [
            (self[name].id_for_label if name in self.fields else "", error)
            for name, errors in self.errors.items()
            for error in errors
        ]


CLASSES: dict[type, str] = {
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.CheckboxSelectMultiple: "govuk-checkboxes__input",
    forms.RadioSelect: "govuk-radios__input",
    forms.SelectMultiple: "govuk-select",
    forms.Select: "govuk-select",
    forms.Textarea: "govuk-textarea",
    forms.ClearableFileInput: "govuk-file-upload",
    forms.FileInput: "govuk-file-upload",
}


def class_of(widget: forms.Widget) -> str:
    """The class of the design system for an input."""
    return next((CLASSES[kind] for kind in type(widget).__mro__ if kind in CLASSES), "govuk-input")
