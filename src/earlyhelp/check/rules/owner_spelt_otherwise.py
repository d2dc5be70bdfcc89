"""EH-286: the owner of an action in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import eh_plan_action


@rule("EH-286", about=[eh_plan_action.owner_org], severity="warning")
def owner_spelt_otherwise() -> str:
    """The organisation is written in other capitals than usual, so that it would be counted as another. Choose from the list."""
    return in_other_capitals(eh_plan_action.owner_org)


owner_spelt_otherwise.passes(
    eh_plan_action=[
        {"action_id": "1", "episode_id": "1", "owner_org": "Health"},
        {"action_id": "2", "episode_id": "1", "owner_org": "School"},
    ]
)
owner_spelt_otherwise.fails(
    eh_plan_action=[
        {"action_id": "1", "episode_id": "1", "owner_org": "Health"},
        {"action_id": "2", "episode_id": "1", "owner_org": "Health"},
        {"action_id": "3", "episode_id": "1", "owner_org": "HEALTH"},
    ]
)
