"""Which handler does which command: one visible table."""

from collections.abc import Callable
from typing import Any, get_args

from bot import commands
from bot.replies import Reply
from handlers import (
    acting,
    action_lists,
    adding,
    answering,
    changing,
    checkins,
    closing,
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
    reviews,
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
    commands.Review: reviews.review,
    commands.ReviewOne: reviews.one,
    commands.CloseReview: reviews.close,
    commands.ReopenReview: reviews.reopen,
    commands.Actions: action_lists.actions_,
    commands.ShowAction: acting.show,
    commands.AddAction: acting.add,
    commands.ChangeAction: acting.change,
    commands.Done: closing.done,
    commands.ReopenActions: closing.reopen,
    commands.NotMine: closing.not_mine,
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
    commands.Review,
    commands.Actions,
    commands.ShowAction,
)

assert HANDLERS.keys() | {commands.Parked} == set(get_args(commands.Command))


def only_reads(command: commands.Command) -> bool:
    """Whether a command changes nothing; naming a person may, who becomes a member on first sight."""
    if isinstance(command, commands.Actions | commands.Review):
        return command.who is None
    return isinstance(command, _READS) and not (
        isinstance(command, commands.Show | commands.History | commands.Comments) and isinstance(command.ref.owner, commands.Who)
    )
