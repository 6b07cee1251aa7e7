"""One market with every form of question, its answers, and rows that nobody has seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.preparation.transforms import Cells
from segmentation.typing_tool import Answers, GoldenQuestions, answers_of, golden_questions
from segmentation.typing_tool.answers import YES, Form
from segmentation.typing_tool.card import ScoreCard
from segmentation.variables import Role, Scale, VariableChoice
from tests.markets import Market, open_market

SPEND, MOOD, TOWN = 'spend, "net" 😀', "it's [mood]; --", "points"
TOWNS = [f"town {i:02d}" for i in range(55)] + ['a "b"', "it's, so", "=1+1", "上海 😀", "*?~"]
GRADES = ["low", "medium", "high"]
NAMES = ("Savers", 'O\'Neil "gold"', "=cmd, 😀", "Last\nones")
ROLES = {
    SPEND: Role.BASIS,
    MOOD: Role.BASIS,
    TOWN: VariableChoice(Role.BASIS, Scale.NOMINAL),
    "member": Role.BASIS,
    "branch": VariableChoice(Role.BASIS, Scale.NOMINAL),
    "grade": VariableChoice(Role.BASIS, Scale.ORDINAL),
}


def customers(n: int, *, seed: int = 4) -> tuple[pd.DataFrame, list[int]]:
    """Four groups that differ in everything, with gaps; the last always says yes."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 4, n)
    frame = pd.DataFrame(
        {
            SPEND: np.round(rng.normal(100 + 40 * group, 25), 2),
            MOOD: rng.binomial(4, 0.2 + 0.2 * group) + 1,
            TOWN: [TOWNS[i] for i in (group * 15 + rng.integers(0, 18, n)) % len(TOWNS)],
            "member": np.where((rng.random(n) < 0.3) | (group == 3), "yes", "no"),
            "branch": rng.choice([101, 102, 205], n) + (group == 1),
            "grade": [GRADES[min(2, g)] for g in (group + rng.integers(0, 2, n)) % 4],
        }
    ).astype(object)
    for name in frame.columns:
        frame.loc[rng.random(n) < 0.06, name] = None
    return frame, [int(g) for g in group]


@dataclass(frozen=True)
class Asked:
    """A market, the answers of its customers, and the questions that were found."""

    market: Market
    answers: Answers
    golden: GoldenQuestions

    @property
    def card(self) -> ScoreCard:
        """The card with every question."""
        return self.golden.cards[-1]


def ask(folder: Path) -> Asked:
    """Open the market and find its questions."""
    frame, segments = customers(700)
    market = open_market(folder, frame, ROLES)
    answers = answers_of(market.table, market.variables, market.labelled(segments))
    return Asked(market, answers, golden_questions(answers))


def values_for(card: ScoreCard, frame: pd.DataFrame) -> list[Cells]:
    """Return the cells of a frame as the card takes them."""
    return [_cells(frame[q.variable], q.form) for q in card.questions]


def _cells(column: Sequence[object], form: Form) -> Cells:
    if form is Form.LEVEL:
        return np.array([None if pd.isna(v) else v for v in column], dtype=object)
    yes_no = {YES: 1.0, "no": 0.0}
    numbers = [yes_no.get(v, v) if isinstance(v, str) else v for v in column]
    return np.array([np.nan if pd.isna(v) else v for v in numbers], dtype=np.float64)
