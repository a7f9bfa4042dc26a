"""What the codebook asks of the models that `make` trains: run with `make accept`, after `make`.

Behaviour is tested as Ribeiro et al. (2020, CheckList) sort it: plain cases, changes that must not matter, and
changes that must. No statement of this file is in the corpus.
"""

import re
from pathlib import Path

import pytest

from pipeline.jsonl import read_records
from pipeline.prediction.locate import project_predictor
from pipeline.prediction.predictor import Predictor
from pipeline.records import LabelledStatement, Prediction
from pipeline.stance import STANCES, Stance

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.trained, pytest.mark.xdist_group("trained")]

PLAIN = {
    Stance.THREAT: [
        "If one more rocket lands in our valley, our air force will flatten the launch sites.",
        "We will cut the gas on Friday unless the debt is paid.",
        "The minister threatened to expel the ambassador.",
        "Those who gave this order will pay for it, and we will see to that.",
        "Any vessel that crosses the line will be sunk.",
        "The government said it would impose sanctions on the three banks if the trial went ahead.",
        "We reserve the right to respond with every means that we have.",
        "Our answer will be swift and it will hurt.",
    ],
    Stance.DENIAL: [
        "We did not fire on the convoy.",
        "The ministry denied that its agents had been in the city.",
        "These reports are false; no such order was ever given.",
        "The accusation is baseless.",
        "The spokesman rejected as untrue the claim that the army had used gas.",
        "There are no foreign soldiers on our soil, contrary to what was reported.",
        "We have no plans to attack anyone, whatever the papers write.",
        "He said the allegations against him were a pure invention.",
    ],
    Stance.DE_ESCALATION: [
        "We call on both sides to cease fire at once.",
        "The president offered to meet her counterpart for talks without conditions.",
        "We have ordered our troops to pull back from the border as a gesture of goodwill.",
        "He urged restraint and a return to dialogue.",
        "Our door remains open for negotiations.",
        "The foreign minister proposed a truce for the holidays.",
        "We will release the captured sailors tomorrow.",
        "Nobody here wants a war; let us talk.",
    ],
    Stance.WARNING: [
        "Without rain, millions will face famine by the spring.",
        "The agency warned that the dam could burst within days.",
        "There is a growing risk that the fighting spreads across the whole region.",
        "She cautioned that a second wave of infections could overwhelm the hospitals.",
        "If this goes on, the country will slide into civil war.",
        "Mines still lie in the fields, and farmers who return may be killed.",
        "The envoy said the conflict could spin out of control.",
        "A collapse of the grid this winter is a real danger.",
    ],
    Stance.OTHER: [
        "The budget was adopted on Tuesday.",
        "The prime minister congratulated the new president on her election.",
        "We condemn this attack in the strongest terms.",
        "I have nothing to say about that.",
        "The two countries signed an agreement on fisheries.",
        "He refused to sign the treaty.",
        "Our thoughts are with the families of the victims.",
        "The delegation will arrive on Thursday.",
    ],
}
ENOUGH_OF_EIGHT = 6


@pytest.fixture(scope="module")
def champion() -> Predictor:
    return project_predictor("champion")


@pytest.fixture(scope="module")
def challenge() -> list[LabelledStatement]:
    return read_records(ROOT / "data/challenge/codebook.jsonl", LabelledStatement)


@pytest.mark.parametrize("stance", STANCES)
def test_plain_statements_are_read_as_the_codebook_reads_them(champion: Predictor, stance: Stance):
    answers = {one.text: str(one.stance) for one in champion.predict_many(PLAIN[stance])}
    wrong = {text: answer for text, answer in answers.items() if answer != stance}
    assert len(answers) - len(wrong) >= ENOUGH_OF_EIGHT, wrong


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"  {text}\n",
        lambda text: text.removesuffix("."),
        lambda text: text.replace("We ", "We, the government, ", 1),
        lambda text: re.sub(r"\bFriday|\bTuesday|\bThursday", "Monday", text),
    ],
    ids=["white space", "no full stop", "apposition", "another day"],
)
def test_changes_that_do_not_matter_leave_nearly_all_answers_as_they_are(champion: Predictor, change):
    texts = [text for plain in PLAIN.values() for text in plain]
    before, after = champion.predict_many(texts), champion.predict_many([change(text) for text in texts])
    moved = [two.text for one, two in zip(before, after, strict=True) if one.stance != two.stance]
    assert len(moved) <= len(texts) // 10, moved


def test_the_champion_tells_minimal_pairs_apart_better_than_chance(
    champion: Predictor, challenge: list[LabelledStatement]
):
    answers = dict(zip([one.id for one in challenge], champion.predict_many([o.text for o in challenge]), strict=True))
    pairs: dict[str, list[LabelledStatement]] = {}
    for one in challenge:
        if one.group is not None:
            pairs.setdefault(one.group, []).append(one)
    both = [all(answers[one.id].stance == one.label for one in pair) for pair in pairs.values() if len(pair) > 1]
    # A model that only knows the pair's topic is right on one half of it at most, so on no whole pair.
    assert sum(both) / len(both) >= 0.4


@pytest.mark.parametrize("model", ["baseline", "transformer"])
def test_every_model_beats_the_most_frequent_label_on_the_challenge_set(model: str, challenge: list[LabelledStatement]):
    answers = project_predictor(model).predict_many([one.text for one in challenge])
    right = sum(answer.stance == one.label for answer, one in zip(answers, challenge, strict=True))
    most = max(sum(one.label == stance for one in challenge) for stance in STANCES)
    assert right > 1.5 * most


def test_readme_shows_what_the_champion_says(champion: Predictor):
    """Another processor trains a slightly other model: its probabilities may differ, sure answers may not."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^\$ stance predict (.+)$", readme, flags=re.MULTILINE)
    answers: list[Prediction] = champion.predict_many(re.findall(r'"([^"]+)"', command))
    for answer in answers:
        (shown,) = re.findall(rf"^(\S+) +(\d\.\d\d)  {re.escape(answer.text)}", readme, flags=re.MULTILINE)
        assert answer.probabilities[Stance(shown[0])] == pytest.approx(float(shown[1]), abs=0.25)
        assert float(shown[1]) < 0.85 or answer.stance == shown[0]
