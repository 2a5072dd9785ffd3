"""Which handler does which command: one visible table."""

from collections.abc import Callable
from typing import Any, get_args

from bot import commands
from bot.replies import Reply
from handlers import (
    adding,
    answering,
    changing,
    checkins,
    comments,
    corrections,
    ending,
    greeting,
    help,
    leads,
    leave,
    looking,
    objectives,
    planning,
    preferences,
    privacy,
    prose,
    reminding,
    sharing,
    submitting,
    team_cards,
    teams,
    together,
    transferring,
    undoing,
    weighing,
)
from handlers.asking import Asking
from handlers.digests import digest, gaps, noticing

HANDLERS: dict[type, Callable[[Asking, Any], Reply]] = {
    commands.Help: help.help_,
    commands.Mine: looking.mine,
    commands.ShowPerson: looking.show_person,
    commands.Show: looking.show,
    commands.History: looking.history,
    commands.New: objectives.new,
    commands.Edit: objectives.edit,
    commands.Publish: objectives.publish,
    commands.Discard: objectives.discard,
    commands.CheckIn: prose.said,
    commands.Correct: corrections.correct,
    commands.Undo: undoing.undo,
    commands.AskHelp: together.ask_help,
    commands.Accept: together.accept,
    commands.Decline: together.decline,
    commands.Answer: together.answer,
    commands.Language: preferences.language,
    commands.Timezone: preferences.timezone,
    commands.DayNote: checkins.day_note,
    commands.NotYet: prose.not_yet,
    commands.Prose: prose.prose,
    commands.Hello: greeting.hello,
    commands.Change: changing.change,
    commands.AddKeyResult: adding.add,
    commands.Weigh: weighing.weigh,
    commands.Drop: ending.drop,
    commands.Close: ending.close,
    commands.Reopen: ending.reopen,
    commands.Transfer: transferring.transfer,
    commands.Rhythm: changing.rhythm,
    commands.Settings: preferences.settings,
    commands.Submit: submitting.submit,
    commands.ShowTeam: team_cards.show_team,
    commands.Teams: team_cards.teams,
    commands.NewTeam: teams.new_team,
    commands.ChangeTeam: teams.change_team,
    commands.ReportsTo: leads.reports_to,
    commands.Cycles: planning.show,
    commands.CutCycles: planning.cut,
    commands.OpenCycle: planning.open_one,
    commands.Share: sharing.share,
    commands.Comment: comments.comment,
    commands.Comments: comments.comments,
    commands.Resolve: comments.resolve,
    commands.Hide: privacy.hide,
    commands.Reveal: privacy.reveal,
    commands.Remind: reminding.remind,
    commands.Workdays: reminding.workdays,
    commands.Country: reminding.country,
    commands.Quiet: reminding.quiet,
    commands.Mute: reminding.mute,
    commands.WhyAsked: reminding.why,
    commands.Away: leave.away,
    commands.Back: leave.back,
    commands.Fill: answering.fill,
    commands.Skip: answering.skip,
    commands.Same: answering.same,
    commands.Snooze: answering.snooze,
    commands.Digest: digest.digest,
    commands.DigestEvery: digest.every,
    commands.Gaps: gaps.gaps,
    commands.Seen: noticing.seen,
    commands.Question: noticing.question,
}

_READS = (
    commands.Help,
    commands.Mine,
    commands.Show,
    commands.History,
    commands.Comments,
    commands.NotYet,
    commands.ShowTeam,
    commands.Teams,
    commands.Cycles,
    commands.Digest,
    commands.Gaps,
    commands.Question,
)

assert HANDLERS.keys() | {commands.Parked} == set(get_args(commands.Command))


def only_reads(command: commands.Command) -> bool:
    """Whether a command changes nothing; naming a person may, who becomes a member on first sight."""
    return isinstance(command, _READS) and not (
        isinstance(command, commands.Show | commands.History | commands.Comments) and isinstance(command.ref.owner, commands.Who)
    )
