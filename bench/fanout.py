"""A hundred thousand messages under the platforms' limits, on a clock that is turned: how much longer than the limits alone allow."""

from bot.feishu.budget import EACH_MINUTE, EACH_SECOND, FeishuBudget
from bot.sending import Address, Budget, Later, Sent
from bot.slack.budget import PLANNED, SlackBudget
from tests.fakes.limits import MINUTE, Sliding

PEOPLE = 1_000, 10_000, 100_000
WITHIN = 1.05


class TooSlow(Exception):
    """The fan-out takes longer than was promised."""


def fan_out(people: int, limits: list[Sliding], budget: Budget | None) -> tuple[float, int]:
    """Seconds, and refusals. budget None: whoever is refused comes back at the very moment that is right."""
    now, sent, refusals, begun = 1000.0, 0, 0, 1000.0
    while sent < people:
        to = Address(user=f"U{sent}")
        no = budget.take(to, now, answer=False) if budget else None
        if no is not None:
            now += no.seconds
            continue
        wait = max(limit.wait(now) for limit in limits)
        if wait > 0 and budget is None:
            now += wait
        refusals += wait > 0
        if budget is not None:
            budget.told(Later(float(int(wait) + 1), "", "everybody") if wait > 0 else Sent(), to, now)
        if wait <= 0 or budget is None:
            for limit in limits:
                limit.count(now)
            sent += 1
    return now - begun, refusals if budget else 0


def platforms() -> dict[str, tuple[type[Budget], list[tuple[int, float]]]]:
    """Each with its limits: so many in so many seconds."""
    return {
        "Feishu": (FeishuBudget, [(EACH_SECOND, 1.0), (EACH_MINUTE, MINUTE)]),
        f"Slack, {PLANNED:.0f} a minute": (SlackBudget, [(int(PLANNED), MINUTE)]),
    }


def table() -> None:
    """Each platform and number of people; raises TooSlow when the largest takes longer than promised."""
    print("\n| fan-out | people | the limits alone | Tenday | ratio | refused |")
    print("|---|---|---|---|---|---|")
    for name, (budget, limits) in platforms().items():
        for people in PEOPLE:
            alone, _ = fan_out(people, [Sliding(*limit) for limit in limits], None)
            ours, refused = fan_out(people, [Sliding(*limit) for limit in limits], budget())
            ratio = ours / alone if alone else 1.0
            print(f"| {name} | {people:,} | {alone:,.0f} s | {ours:,.0f} s | {ratio:.3f} | {refused} |")
            if people == max(PEOPLE) and ratio > WITHIN:
                raise TooSlow(f"{name}: {ratio:.3f} times the bound, {WITHIN} was promised")
