"""Makes actions: whatever somebody will do, wherever it was said."""

from datetime import date

from handlers.asking import Asking
from handlers.pen import Pen
from storage.actions import Action, next_action_number
from storage.okrs import key_result_by_id


def add_action(
    asking: Asking,
    pen: Pen,
    text: str,
    *,
    owner_id: int,
    due: date | None = None,
    objective_id: int | None = None,
    key_result_id: int | None = None,
    review_id: int | None = None,
    request_id: int | None = None,
) -> Action:
    """Stores what somebody will do, as part of the asker's act: taken back with it."""
    if key_result_id and not objective_id:
        row = key_result_by_id(asking.session, key_result_id)
        objective_id = row.objective_id if row else None  # who may see the objective may see what is done for it
    action = Action(
        number=next_action_number(asking.session),
        text=text,
        owner_id=owner_id,
        by_id=asking.me,
        due=due,
        objective_id=objective_id,
        key_result_id=key_result_id,
        review_id=review_id,
        request_id=request_id,
        made_at=asking.now,
    )
    pen.add(action, field="state", absent="withdrawn")
    return action
