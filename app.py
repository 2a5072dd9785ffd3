"""Composition root and command line: introduces the rooms to each other, and is the only file that knows everyone."""

import argparse
import contextlib
import gc
import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import Alarm, Patience, Sender
from bot.kept import Kept
from bot.messages import OutOfReach
from bot.sending import Budget
from bot.serving import Handle, application, as_line
from bot.settings import BadSettings, Settings, load, secret_keys
from handlers.delivery import Delivery, Send, Settle
from handlers.demo import NotEmpty, Sample, fill
from handlers.desk import Desk
from handlers.export import FORMATS, everything
from handlers.outbox import ANSWER_LANE, UNASKED_LANE
from handlers.people import Defaults
from handlers.planning import open_ahead
from handlers.profiles import Ask, Profiles
from handlers.reminders import plan
from handlers.rules.countries import country_named, nearest_country
from handlers.turning import NotForward, TurnedClock
from storage.migrate import migrate
from storage.people import Organisation, only_organisation, organisation_by_id, workspaces_called
from storage.store import EVERYWHERE, Store, Unreachable

log = logging.getLogger("tenday")
QUIET_CLOCK = 150.0
TRY_AGAIN = 2.0
HANDS = 8  # messages in the air at once: platforms take a tenth of a second for each


class CannotDo(Exception):
    """What was asked cannot be done; the message is one clear line."""


def business_now() -> datetime:
    """The business time: the machine's, in UTC."""
    return datetime.now(UTC)


def clock_of(settings: Settings, store: Store) -> Callable[[], datetime]:
    """Whose clock business time follows: the machine's, or the chat page's, which can be turned ahead of it."""
    return business_now if settings.slack or settings.feishu else TurnedClock(store, business_now).now


@dataclass
class House:
    """Everything that is configured, put together."""

    settings: Settings
    store: Store
    desk: Desk
    delivery: Delivery
    profiles: Profiles
    answers: Sender
    unasked: Sender
    fronts: dict[str, Handle] = field(default_factory=dict)
    reachable: dict[str, Callable[[], str]] = field(default_factory=dict)
    heard: dict[str, Callable[[], float]] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    pages: list[Any] = field(default_factory=list)
    guards: list[Any] = field(default_factory=list)
    warm: list[Callable[[], None]] = field(default_factory=list)

    def ring(self) -> None:
        """Once a minute: what keeps the house in order, and who is owed a prompt."""
        try:
            self.desk.tidy()
        except Exception as problem:  # what is only in order's sake keeps nobody's prompt back
            log.error("tidying failed: %s", type(problem).__name__)
        if plan(self.store, self.desk.now()):
            self.unasked.wake()

    def wake(self) -> None:
        """Something is owed."""
        self.answers.wake()
        self.unasked.wake()

    def answer(self, rest: Callable[[float], bool]) -> None:
        """What the sender of answers does each time it wakes."""
        if self.store.opened:
            self.delivery.deliver(lanes=(ANSWER_LANE,), rest=rest)

    def tell(self, rest: Callable[[float], bool]) -> None:
        """What the sender of all that nobody asked for does each time it wakes."""
        if self.store.opened:
            self.delivery.deliver(lanes=(UNASKED_LANE,), rest=rest)
            self.profiles.fetch()


def defaults(settings: Settings) -> Defaults:
    """What a new organisation begins with."""
    return Defaults(
        locale=settings.locale,
        timezone=settings.timezone,
        country=_country(settings.country),
        feishu_locale=settings.feishu_locale,
        most_objectives=settings.most_objectives,
        most_key_results=settings.most_key_results,
    )


def _country(typed: str) -> str:
    """The code of the calendar that a setting names: with one that there is none of, every day would be a day off."""
    code = country_named(typed) if typed else ""
    if code is None:
        raise BadSettings(f"TENDAY_COUNTRY: there is no calendar of holidays for {typed!r}; write it like {nearest_country(typed)}")
    return code


def build(settings: Settings, at: Callable[[], datetime] | None = None) -> House:
    """The house with the front ends that the settings name; the chat page when they name none. at: another business time."""
    store = Store(settings.database_url)
    now = at or clock_of(settings, store)
    senders: dict[str, Send] = {}
    settlers: dict[str, Settle] = {}
    asks: dict[str, Ask] = {}
    budgets: dict[str, Callable[[], Budget]] = {}
    delivery = Delivery(store, senders, settlers, now=now, machine=business_now, budgets=budgets, hands=HANDS)
    profiles = Profiles(store, asks, now=business_now)
    house: House
    answers, unasked = Sender(lambda rest: house.answer(rest)), Sender(lambda rest: house.tell(rest))  # noqa: PLW0108  (not built yet)
    desk = Desk(store, defaults(settings), now=now, machine=time.time, wake=lambda: house.wake(), rate=settings.rate_limit)  # noqa: PLW0108
    house = House(settings, store, desk, delivery, profiles, answers, unasked)
    if settings.slack:
        _slack(house, senders, settlers, asks, budgets)
    if settings.feishu:
        _feishu(house, senders, settlers, asks, budgets)
    if not (settings.slack or settings.feishu):
        _chat(house, senders, settlers)
    return house


def _slack(
    house: House, senders: dict[str, Send], settlers: dict[str, Settle], asks: dict[str, Ask], budgets: dict[str, Callable[[], Budget]]
) -> None:
    from bot.slack.budget import SlackBudget  # noqa: PLC0415
    from bot.slack.listen import SlackFront  # noqa: PLC0415  (an SDK is loaded only when its platform is configured)
    from bot.slack.send import SlackSender  # noqa: PLC0415

    settings, profiles = house.settings, house.profiles
    sender = SlackSender(bot_token=settings.slack_bot_token, clock=time.time, api_url=settings.slack_api_url)
    front = SlackFront(
        signing_secret=settings.slack_signing_secret,
        bot_token=settings.slack_bot_token,
        api_url=settings.slack_api_url,
        answer=house.desk.answer,
        clock=time.time,
        meet=lambda workspace, user: profiles.known("slack", workspace, user),
        learn=lambda workspace, user, profile: profiles.learn("slack", workspace, user, profile),
        default_locale=settings.locale,
    )
    senders["slack"], settlers["slack"], asks["slack"], budgets["slack"] = sender.send, sender.posted, sender.profile, SlackBudget
    house.reachable["slack"], house.heard["slack"] = sender.reachable, lambda: front.heard
    if settings.slack_http:
        house.fronts["/slack/events"] = front.handle
    if settings.slack_socket:
        from bot.slack.socket import SocketMode  # noqa: PLC0415

        socket_mode = SocketMode(app_token=settings.slack_app_token, deliver=front.deliver, api_url=settings.slack_api_url)
        house.kept["slack"] = socket_mode.kept


def _feishu(
    house: House, senders: dict[str, Send], settlers: dict[str, Settle], asks: dict[str, Ask], budgets: dict[str, Callable[[], Budget]]
) -> None:
    from bot.feishu.budget import FeishuBudget  # noqa: PLC0415
    from bot.feishu.chats import DirectChats  # noqa: PLC0415
    from bot.feishu.listen import FeishuFront  # noqa: PLC0415
    from bot.feishu.send import FeishuSender  # noqa: PLC0415

    settings, chats = house.settings, DirectChats()
    sender = FeishuSender(
        direct=chats, app_id=settings.feishu_app_id, app_secret=settings.feishu_app_secret, clock=time.time, domain=settings.feishu_domain
    )
    front = FeishuFront(
        verification_token=settings.feishu_verification_token,
        encrypt_key=settings.feishu_encrypt_key,
        answer=house.desk.answer,
        clock=time.time,
        bot_identity=sender.bot_identity,
        app_id=settings.feishu_app_id,
        default_locale=settings.feishu_locale,
        direct=chats,
        domain=settings.feishu_domain,
    )
    senders["feishu"], settlers["feishu"], asks["feishu"], budgets["feishu"] = sender.send, sender.posted, sender.profile, FeishuBudget
    house.warm.append(sender.warm_up)
    house.reachable["feishu"], house.heard["feishu"] = sender.reachable, lambda: front.heard
    if settings.feishu_webhook:
        house.fronts["/feishu/events"] = front.handle
    if settings.feishu_socket:
        from bot.feishu.connection import LongConnection  # noqa: PLC0415

        connection = LongConnection(
            app_id=settings.feishu_app_id, app_secret=settings.feishu_app_secret, deliver=front.deliver, domain=settings.feishu_domain
        )
        house.kept["feishu"] = connection.kept


def _chat(house: House, senders: dict[str, Send], settlers: dict[str, Settle]) -> None:
    from bot.preview import dressed  # noqa: PLC0415
    from bot.web.backend import Backend, ChatLine, Resident  # noqa: PLC0415
    from bot.web.guard import Guard  # noqa: PLC0415
    from bot.web.listen import routes  # noqa: PLC0415
    from bot.web.send import sender  # noqa: PLC0415
    from handlers.chatting import Chatting  # noqa: PLC0415

    log_of_chat = Chatting(house.store, house.desk.now)
    clock = TurnedClock(house.store, business_now)

    def on_the_way() -> None:
        """Everything that is due at this step is said before the next: our own sender may be at it already."""
        house.ring()
        house.delivery.deliver(rest=Patience(once=1.0, most=10.0).rest)  # the sender may be at it: what is due is said before it is later

    def turn(to: datetime) -> bool:
        try:
            clock.turn(to, on_the_way)
        except NotForward:
            return False
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem
        return True

    backend = Backend(
        answer=house.desk.answer,
        people=lambda: [Resident(*row) for row in log_of_chat.residents()],
        post=lambda **line: ChatLine(**log_of_chat.post(**line)),
        redraw=log_of_chat.redraw,
        read=lambda viewer, after: [ChatLine(**row) for row in log_of_chat.read(viewer, after)],
        latest=log_of_chat.latest,
        today=house.desk.now,
        turn=turn,
        dressed=dressed,
    )
    senders["web"] = sender(backend)
    settlers["web"] = lambda _outgoing, _age: None  # the same key is posted once
    house.pages, house.guards = routes(backend), [Guard]


# ---------------------------------------------------------------- commands


def serve(settings: Settings, *, clock: bool) -> None:
    """Everything that is configured, until it is stopped."""
    import uvicorn  # noqa: PLC0415

    if settings.database_url.startswith("sqlite"):
        secret_keys(settings)
    house = build(settings)
    alarm = Alarm(house.ring)
    first = _open(house)
    if first and not (settings.slack or settings.feishu):
        _fill_if_empty(house)
    app = application(house.fronts, house.pages, lambda: ready(house, alarm if clock else None), guards=house.guards)
    host = _loopback(settings.host) if house.pages else settings.host
    config = uvicorn.Config(app, host=host, port=settings.port, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    door = _door(host, settings.port)
    for warm_up in house.warm:
        threading.Thread(target=warm_up, name="tenday-warm-up", daemon=True).start()
    house.answers.start()
    house.unasked.start()
    for kept in house.kept.values():
        kept.start()
    if clock:
        alarm.start()
    gc.collect()
    gc.freeze()  # what is here now stays: no collection goes through it again, which was a tenth of every answer's time
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn raises it once more when it has stopped: we have not, yet
    with contextlib.suppress(KeyboardInterrupt):
        print(f"Tenday listens on http://{host}:{door.getsockname()[1]}", flush=True)  # noqa: T201  (the one line a person waits for)
        uvicorn.Server(config).run(sockets=[door])
    if clock:
        alarm.stop()
    for kept in house.kept.values():
        kept.stop()
    house.answers.stop()
    house.unasked.stop()
    house.store.close()


def _door(host: str, port: int) -> socket.socket:
    """What the server listens on; opened by ourselves, so that a port that is taken is one clear line."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise CannotDo(f"cannot listen on {host}:{port}: {problem.strerror}") from problem


def _loopback(host: str) -> str:
    """The chat page lets anyone be anyone, so it is for this machine alone."""
    if host in ("127.0.0.1", "localhost", "::1"):
        return host
    log.warning("no platform is configured: the chat page listens on 127.0.0.1, not on %s", host)
    return "127.0.0.1"


def _open(house: House) -> bool:
    """Brings the schema up to date; while the database is away, goes on trying in the background. True when it is open now."""
    try:
        migrate(house.store)
        return True
    except Unreachable as problem:
        log.error("the database is out of reach (%s); trying again", problem)
    threading.Thread(target=_keep_opening, args=(house,), name="tenday-opening", daemon=True).start()
    return False


def _keep_opening(house: House) -> None:
    while not house.store.opened:
        time.sleep(TRY_AGAIN)
        with contextlib.suppress(Unreachable):
            migrate(house.store)


def _fill_if_empty(house: House) -> None:
    with contextlib.suppress(NotEmpty), _telling("making a small sample company"):
        fill(house.store, defaults(house.settings), Sample(until=business_now()))


@contextlib.contextmanager
def _telling(what: str) -> Iterator[None]:
    """Says on a terminal what takes a while; says nothing into a pipe."""
    if sys.stderr.isatty():
        print(f"{what} …", file=sys.stderr, flush=True)  # noqa: T201
    yield


def ready(house: House, alarm: Alarm | None) -> dict[str, Any]:
    """Whether everything works, and why not."""
    state = {"database": house.store.answers()}
    if alarm is not None:
        state["clock"] = "" if alarm.quiet_for() < QUIET_CLOCK else f"has not rung for {alarm.quiet_for():.0f} s"
    if trouble := "" if state["database"] else house.delivery.trouble():
        state["sending"] = trouble
    state |= {name: reach() for name, reach in house.reachable.items()}
    state |= {f"{name}_connection": kept.trouble() for name, kept in house.kept.items()}
    told = {f"{name}_connection": kept.told() for name, kept in house.kept.items()}
    shown = {name: problem or told.get(name, "ok") for name, problem in state.items()}
    return {"ok": not any(state.values()), **shown, "heard": {name: _when(heard()) for name, heard in house.heard.items()}}


def _when(moment: float) -> str | None:
    """Seconds of the machine's clock as UTC; None for never."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


def tick(settings: Settings, at: str | None) -> None:
    """Opens the cycles whose time has come, plans who is owed what at a moment, delivers it, and says what became of it."""
    given = _moment(at) if at else None
    house = _opened(settings, (lambda: given) if given else None)
    moment = house.desk.now()
    open_ahead(house.store, moment)
    planned = plan(house.store, moment)
    done = house.delivery.deliver(moment, rest=Patience().rest)
    at_utc = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    shown = {"at": at_utc, "planned": planned, "sent": done["sent"], "pending": house.delivery.pending(moment)}
    print(as_line({**shown, "failed": done["failed"], "uncertain": done["uncertain"]}))  # noqa: T201


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise CannotDo(f"{text!r} is no ISO time; write it like 2026-11-23T17:40:00+08:00") from problem
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _opened(settings: Settings, at: Callable[[], datetime] | None = None) -> House:
    house = build(settings, at)
    migrate(house.store)
    return house


def export(settings: Settings, form: str, out: str | None, workspace: str | None) -> None:
    """Everything there is, to a file or to standard output."""
    store = Store(settings.database_url)
    migrate(store)
    organisation, now = _organisation(store, workspace), clock_of(settings, store)()
    with store.read(organisation.id if organisation else EVERYWHERE) as session:
        empty = Organisation(name="", made_at=now, timezone=settings.timezone)
        text = FORMATS[form](everything(session, organisation or empty, now))
    if out is None:
        sys.stdout.write(text)
    else:
        try:
            Path(out).write_text(text, encoding="utf-8", newline="")
        except OSError as problem:
            raise CannotDo(f"cannot write {out}: {problem.strerror}") from problem


def _organisation(store: Store, workspace: str | None) -> Organisation | None:
    with store.read(EVERYWHERE) as session:
        if workspace is None:
            return only_organisation(session)
        found = workspaces_called(session, workspace)
        if not found:
            raise CannotDo(f"there is no workspace {workspace}")
        return organisation_by_id(session, found[0].organisation_id)


def demo(settings: Settings, seed: int, people: int) -> None:
    """Fills an empty database with a sample company."""
    store = Store(settings.database_url)
    migrate(store)
    try:
        with _telling(f"making a sample company of {people}"):
            made = fill(store, defaults(settings), Sample(until=business_now(), seed=seed, people=people))
    except NotEmpty as problem:
        raise CannotDo("the database is not empty") from problem
    print(as_line(made))  # noqa: T201


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="app.py", description="Tenday, a chat-first OKR bot for Slack and Feishu/Lark")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("serve", help="everything that is configured (the default)").add_argument(
        "--no-clock", action="store_true", help="without its own clock"
    )
    commands.add_parser("tick", help="deliver what is due, then exit").add_argument("--at", metavar="ISO-TIME", help="as of that moment")
    out = commands.add_parser("export", help="everything there is")
    out.add_argument("--format", choices=sorted(FORMATS), default="json")
    out.add_argument("--out", metavar="FILE")
    out.add_argument("--workspace", metavar="ID")
    commands.add_parser("migrate", help="bring the database to the newest schema")
    sample = commands.add_parser("demo", help="fill an empty database with a sample company")
    sample.add_argument("--seed", type=int, default=1)
    sample.add_argument("--people", type=int, default=8)
    return parser


def run(options: argparse.Namespace) -> None:
    """Does what the command line asks."""
    settings = load()
    match options.command:
        case "tick":
            tick(settings, options.at)
        case "export":
            export(settings, options.format, options.out, options.workspace)
        case "migrate":
            migrate(Store(settings.database_url))
        case "demo":
            demo(settings, options.seed, options.people)
        case _:
            serve(settings, clock=not getattr(options, "no_clock", False))


def main() -> int:
    """The exit status: 0 done, 1 could not, 2 wrong usage."""
    options = arguments().parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        run(options)
    except BadSettings as problem:
        print(f"tenday: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    except CannotDo as problem:
        print(f"tenday: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    except Unreachable as problem:
        print(f"tenday: the database is out of reach ({problem})", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
