"""The chat page over HTTP: what was typed or pressed becomes a Message, the answer a line of the log."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.excuses import apology, whence
from bot.messages import Message, OutOfReach, Place, Sender, clean
from bot.replies import Reply, from_json, to_json
from bot.sending import Answered
from bot.web.backend import Backend, ChatLine, Resident
from bot.web.guard import Guard
from bot.web.mentions import Stranger, filled, marked, names_bot, without_bot
from bot.web.render import page
from bot.web.requests import Pressed, Refused, Said, Turned, pressed, said, sent, turned
from bot.web.send import direct
from bot.web.stream import Bell, Run, Stream, server_leaves
from bot.web.view import GENERAL, clock, lines_json, local, may_see, resident_json

STATIC = Path(__file__).parent / "static"
log = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(backend: Backend, run: Run = run_in_threadpool, leaves: Callable[[], bool] = server_leaves) -> list[BaseRoute]:
    """The chat page's routes, each behind the guard.

    run: calls a synchronous function off the event loop. leaves: whether the server is about to stop (ends open streams).
    """
    chat = Chat(backend, run, leaves)
    guarded = [Middleware(Guard)]
    return [
        Route("/", chat.page, middleware=guarded),
        Route("/chat/state", _told(chat.state), middleware=guarded),
        Route("/chat/say", _told(chat.say), methods=["POST"], middleware=guarded),
        Route("/chat/press", _told(chat.press), methods=["POST"], middleware=guarded),
        Route("/chat/form", _told(chat.form), methods=["POST"], middleware=guarded),
        Route("/chat/clock", _told(chat.clock), methods=["POST"], middleware=guarded),
        Route("/chat/dressed", _told(chat.dressed), middleware=guarded),
        Route("/chat/stream", _told(chat.stream), middleware=guarded),
        Mount("/static", StaticFiles(directory=STATIC), middleware=guarded),
    ]


@dataclass(frozen=True)
class Chat:
    """The endpoints. Whatever asks the backend runs through `run`, for the backend is synchronous."""

    backend: Backend
    run: Run
    leaves: Callable[[], bool]
    bell: Bell = field(default_factory=Bell)

    async def page(self, request: Request) -> Response:
        """GET /: the page."""
        return HTMLResponse(page())

    async def state(self, request: Request) -> Response:
        """GET /chat/state?as=USER: everything that this person sees; the first resident when nobody or a stranger is named."""
        return JSONResponse(await self.run(self._state, request.query_params.get("as", "")))

    async def stream(self, request: Request) -> Response:
        """GET /chat/stream?as=USER&after=REVISION: what is new, until the visitor leaves."""
        viewer = await self.run(self._resident, request.query_params.get("as", ""))
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")
        if not (after.isascii() and after.isdigit() and len(after) < 19):
            raise Refused(400)
        stream = Stream(self.backend, viewer, int(after), self.run, self.bell, request.is_disconnected, self.leaves)
        return StreamingResponse(stream.events(), media_type="text/event-stream", headers={"x-accel-buffering": "no"})

    async def say(self, request: Request) -> Response:
        """POST /chat/say: posts the line, asks the desk, posts its answer. A repeat of a delivery posts nothing twice."""
        typed = await said(request)
        line, message = await self.run(self._post, typed)
        self.bell.ring()
        if message is None:
            return self._done()
        answered: Answered = await self.run(self._ask, message)
        await self.run(self._reply, answered, message, line)
        return self._done()

    async def press(self, request: Request) -> Response:
        """POST /chat/press: a button's text to the desk; the answer takes the card's place or is a new line."""
        return await self._answered(await pressed(request))

    async def form(self, request: Request) -> Response:
        """POST /chat/form: what stands in a form to the desk; {"redrawn": whether the answer took the form's place}."""
        return await self._answered(await sent(request))

    async def clock(self, request: Request) -> Response:
        """POST /chat/clock: turns business time forward; {"today": …, "told": how many messages came for the visitor on the way}."""
        told = await self.run(self._turn, await turned(request))
        self.bell.ring()
        return JSONResponse(told)

    async def dressed(self, request: Request) -> Response:
        """GET /chat/dressed?as=USER&line=ID: how Slack and Feishu would draw an answer."""
        number = request.query_params.get("line", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise Refused(400)
        return JSONResponse(await self.run(self._dressed, request.query_params.get("as", ""), int(number)))

    async def _answered(self, press: Pressed) -> Response:
        message, line = await self.run(self._pressed, press)
        answered: Answered = await self.run(self._ask, message)
        return self._done(redrawn=await self.run(self._reply, answered, message, line))

    def _done(self, **more: bool) -> Response:
        self.bell.ring()
        return JSONResponse({"ok": True, **more})

    def _turn(self, wanted: Turned) -> dict[str, object]:
        person, newest = self._resident(wanted.user), self.backend.latest()
        if not self.backend.turn(wanted.to.replace(tzinfo=ZoneInfo(person.timezone))):
            raise Refused(409, "not_forward")
        now = local(self.backend.today(), person)
        told = [line for line in self._lines(person.user, newest) if not line.author and may_see(person.user, line)]
        return {"today": clock(now, now), "told": len(told)}

    def _dressed(self, user: str, number: int) -> Mapping[str, object]:
        line = self._line(self._resident(user).user, number)
        if line.author or not line.reply:
            raise Refused(404)
        return self.backend.dressed(from_json(line.reply), line.locale)

    def _state(self, user: str) -> dict[str, object]:
        people, newest = self.backend.people(), self.backend.latest()
        if not people:
            raise Refused(503, "nobody")
        viewer = next((person for person in people if person.user == user), people[0])
        now = local(self.backend.today(), viewer)
        lines = list(self._lines(viewer.user))
        return {
            "as": viewer.user,
            "people": [resident_json(person) for person in people],
            "lines": lines_json(lines, viewer.user, now),
            "revision": max([line.revision for line in lines], default=newest),
            "today": clock(now, now),
        }

    def _resident(self, user: str) -> Resident:
        for person in self.backend.people():
            if person.user == user:
                return person
        raise Refused(404, "nobody")

    def _line(self, viewer: str, number: int) -> ChatLine:
        """A line of the log; Refused when there is none, or when it is not for the viewer."""
        for line in self._lines(viewer):
            if line.id == number and may_see(viewer, line):
                return line
        raise Refused(404)

    def _lines(self, viewer: str, after: int = 0) -> Iterator[ChatLine]:
        """Every line for the viewer with a later revision; the log gives a long conversation in pieces."""
        while lines := self.backend.read(viewer, after):
            yield from lines
            after = max(line.revision for line in lines)

    def _ask(self, message: Message) -> Answered:
        """The desk's answer; a bug in it is noted and apologised for, with what was typed."""
        try:
            return self.backend.answer(message)
        except OutOfReach:
            raise
        except Exception as error:
            log.error("delivery %s: %s", message.delivery, whence(error))
            return Answered(apology(message), self._resident(message.sender.user).locale)

    def _post(self, typed: Said) -> tuple[ChatLine, Message | None]:
        """The line as posted, and what to ask the desk: None for talk in the channel that is not for Tenday."""
        person = self._resident(typed.user)
        shared = typed.conversation == GENERAL
        text = clean(typed.text).strip()
        if not text or not (shared or typed.conversation == direct(person.user)):
            raise Refused(400)
        if typed.thread is not None and self._line(person.user, typed.thread).conversation != typed.conversation:
            raise Refused(404)
        text_marked, mentions = marked(text, self.backend.people())
        line = self.backend.post(
            conversation=typed.conversation,
            author=person.user,
            text=text_marked,
            reply="",
            locale=person.locale,
            thread=typed.thread,
            only_for="",
            key=typed.delivery,
        )
        if shared and not names_bot(text):
            return line, None
        return line, Message(
            delivery=typed.delivery,
            sender=_sender(person),
            place=_place(line),
            text=without_bot(text_marked),
            entry="mention" if shared else "direct",
            mentions=mentions,
            card=self._thread_card(person.user, line.thread),
            message=str(line.id),
            inline=True,
        )

    def _pressed(self, press: Pressed) -> tuple[Message, ChatLine]:
        person = self._resident(press.user)
        line = self._line(person.user, press.line)
        if line.author or not line.reply:
            raise Refused(404)
        try:
            fields, mentions = filled(press.fields or {}, self.backend.people())
        except Stranger:
            raise Refused(404, "nobody") from None
        return Message(
            delivery=press.delivery,
            sender=_sender(person),
            place=_place(line),
            text=press.text,
            entry="press" if press.fields is None else "form",
            mentions=mentions,
            drawn=press.version,
            card=press.card,
            message="" if line.only_for else str(line.id),
            inline=True,
            fields=fields,
        ), line

    def _thread_card(self, viewer: str, thread: int | None) -> str:
        """The card that the newest answer in a thread shows, "" outside a thread."""
        if thread is None:
            return ""
        lines = [line for line in self._lines(viewer) if thread in (line.id, line.thread) and line.reply]
        return next((card for line in reversed(lines) if (card := from_json(line.reply).card)), "")

    def _reply(self, answered: Answered, message: Message, line: ChatLine) -> bool:
        """Puts the answer where it belongs: into the pressed card (true), or below the line that asked."""
        reply, user = answered.reply, message.sender.user
        if reply is None:
            return False
        alone = user if message.place.shared and _is_personal(reply) else ""
        redraws = message.entry in {"press", "form"} and answered.redraw and alone in {"", line.only_for}
        if redraws:
            self.backend.redraw(line.id, to_json(reply), answered.locale)
        else:
            self._tell(reply, answered.locale, line, alone, f"{message.delivery}:reply")
        if reply.aside:
            self._tell(reply.aside, answered.locale, line, user, f"{message.delivery}:aside")
        return redraws

    def _tell(self, reply: Reply, locale: str, line: ChatLine, only_for: str, key: str) -> None:
        # An answer in the channel goes below what it answers, so that others can read on undisturbed.
        thread = line.thread or (line.id if line.conversation == GENERAL else None)
        self.backend.post(
            conversation=line.conversation,
            author="",
            text="",
            reply=to_json(reply),
            locale=locale,
            thread=thread,
            only_for=only_for,
            key=key,
        )


def _is_personal(reply: Reply) -> bool:
    """Whether an answer in a shared place is for the asker alone; mistakes are told privately."""
    return reply.private or reply.tone in {"refusal", "apology"}


def _sender(person: Resident) -> Sender:
    return Sender("web", "local", person.user, person.name)


def _place(line: ChatLine) -> Place:
    return Place(channel=line.conversation, shared=line.conversation == GENERAL, thread=str(line.thread or ""))


def _told(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with what it refuses told in one generic word, and 503 when the database is out of reach."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return JSONResponse({"error": refused.word}, refused.status)
        except OutOfReach:
            return JSONResponse({"error": "not_stored"}, 503)

    return answer
