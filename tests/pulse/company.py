"""A company whose members each have an open key result, and what it is owed, by member and day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from storage.okrs import Cycle, KeyResult, Objective
from storage.outbox import Owed
from storage.people import Account, Member, Organisation, Workspace
from storage.pulse import Prompt
from storage.store import EVERYWHERE, Store


def found(store: Store, members: Iterable[dict[str, Any]], made_at: datetime) -> list[int]:
    """Members with these settings, and a key result each in a cycle that does not end; their ids. They are users U1, U2 … of T1."""
    with store.write(EVERYWHERE) as session:
        organisation = Organisation(name="Org", made_at=made_at, timezone="UTC")
        session.add(organisation)
        session.flush()
        here = {"organisation_id": organisation.id}
        session.add(Workspace(platform="slack", workspace="T1", **here))
        cycle = Cycle(name="Always", start=date(2026, 1, 1), end=date(2027, 12, 31), **here)
        people = [Member(name=f"Member{n}", made_at=made_at, **here, **given) for n, given in enumerate(members, 1)]
        session.add_all([cycle, *people])
        session.flush()
        ids = [person.id or 0 for person in people]
        session.add_all(Account(member_id=n, platform="slack", workspace="T1", user=f"U{n}", **here) for n in ids)
        own = [Objective(id=n, cycle_id=cycle.id, owner_id=n, number=1, title="Grow", made_by=n, made_at=made_at, **here) for n in ids]
        for objective in own:
            objective.state = "published"
        session.add_all(own)
        session.flush()
        session.add_all(KeyResult(objective_id=n, number=1, title="Users", owner_id=n, **here) for n in ids)
        return ids


def asked(store: Store, slot: str) -> Counter[tuple[int, date]]:
    """How many prompts there are by member and day; each of them has one message, and each message is of one."""
    with store.read(EVERYWHERE) as session:
        prompts: Sequence[Prompt] = session.exec(select(Prompt).where(Prompt.slot == slot)).all()
        keys = Counter(session.exec(select(Owed.key).where(col(Owed.key).startswith("prompt-"))).all())
        every = Counter(session.exec(select(Prompt.id, Prompt.on)).all())
    wanted = Counter(f"prompt-{prompt}-1-{on:%Y%m%d}" for prompt, on in every)
    assert (keys - wanted, wanted - keys) == (Counter(), Counter()), "messages without a prompt, prompts without a message"
    return Counter((prompt.member_id, prompt.on) for prompt in prompts)
