"""The coach: what makes a written OKR better, each remark with its rule and an example in the writer's own words.

Rules Q1–Q8, Q10–Q16 and Q18 of the field's list are checked here, on the text alone. The others live elsewhere: Q9 (evidence)
where a KR is closed, Q17 (half bottom-up) and the ranking half of Q16 in the digests and the board, Q19 (silence is never
green) and Q20 (progress, confidence and score apart) in `handlers.rules.progress`, Q21 (a reason for a changed target) in the
editing handlers, Q22 (grade bands) in the scoring rules.
"""

from handlers.rules.writing.coach import most_useful, remarks
from handlers.rules.writing.drafts import KeyResultDraft, Level, Limits, ObjectiveDraft, Remark, Writing

__all__ = ["KeyResultDraft", "Level", "Limits", "ObjectiveDraft", "Remark", "Writing", "most_useful", "remarks"]
