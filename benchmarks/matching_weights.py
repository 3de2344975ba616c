"""What each way of agreeing weighs when two records may be one child: estimated, then tried on children held out.

    python benchmarks/matching_weights.py [--children 20000] [--write]

Needs `requirements/analysis.in` in an environment of its own; the service does not. Invents a population with the
mistakes that hands make (`invented.py`), lets Splink estimate m and u on DuckDB, sets both thresholds, and tries the
check on a population that was not looked at. With --write the definition takes the figures. Always writes
benchmarks/results/matching_weights.md.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT / "benchmarks")]
RESULT = PROJECT / "benchmarks" / "results" / "matching_weights.md"

import invented  # noqa: E402

from waypost.people.matching import names, weights  # noqa: E402
from waypost.people.matching.weights import LEVELS, Described  # noqa: E402

SHOWN_IN_VAIN, ASKED_IN_VAIN = (
    0.10,
    0.01,
)  # of children who are not here: how many may be shown and asked about for nothing
TODAY = datetime.now(UTC).date()
PAIRS = 400_000  # of two children, drawn to estimate u
LEAST = {"m": 0.001, "u": 10 / PAIRS}  # what is seen fewer than ten times is not estimated: it counts as ten


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--children", type=int, default=20_000)
    asked.add_argument("--write", action="store_true", help="put the figures into the definition")
    options = asked.parse_args()
    chances = estimated(options.children)
    levels = {
        comparison: {name: weights.Level(_log(m, u), "") for name, (m, u) in found.items()}
        for comparison, found in chances.items()
    }
    training = Trial(options.children, seed=11, levels=levels)
    show, ask = training.threshold(SHOWN_IN_VAIN), training.threshold(ASKED_IN_VAIN)
    held_out = Trial(options.children, seed=12, levels=levels)
    if options.write:
        _write(chances, show, ask, options.children)
    RESULT.write_text(report(options.children, chances, show, ask, held_out))
    sys.stdout.write(RESULT.read_text())
    return 0


def _log(m: float, u: float) -> float:
    from math import log2

    return log2(m / u)


# Estimating -----------------------------------------------------------------------------------------------------------

SQL = {
    "name": "name_level(names_l, names_r)",
    "birth": "birth_level(born_l, born_r, estimated_l, estimated_r)",
    "postcode": "CASE WHEN postcode_l = postcode_r THEN 'same' ELSE 'other' END",
    "identifier": "CASE WHEN nhs_l = nhs_r THEN 'same' ELSE 'other' END",
}
NOT_KNOWN = {
    "name": "names_l IS NULL OR names_r IS NULL",
    "birth": "born_l IS NULL OR born_r IS NULL",
    "postcode": "postcode_l IS NULL OR postcode_r IS NULL",
    "identifier": "nhs_l IS NULL OR nhs_r IS NULL",
}


def estimated(size: int) -> dict[str, dict[str, tuple[float, float]]]:
    """Splink's m and u for each level. Chances of one side come to one."""
    import duckdb
    import pandas
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    database = duckdb.connect()
    database.create_function("name_level", _name_level, ["VARCHAR", "VARCHAR"], "VARCHAR")
    database.create_function("birth_level", _birth_level, ["VARCHAR", "VARCHAR", "BOOLEAN", "BOOLEAN"], "VARCHAR")
    comparisons = [
        {
            "output_column_name": comparison,
            "comparison_levels": [
                {"sql_condition": NOT_KNOWN[comparison], "label_for_charts": "not known", "is_null_level": True},
                *(
                    {"sql_condition": f"{SQL[comparison]} = '{level}'", "label_for_charts": level}
                    for level in LEVELS[comparison][:-1]
                ),
                {"sql_condition": "ELSE", "label_for_charts": LEVELS[comparison][-1]},
            ],
        }
        for comparison in LEVELS
    ]
    blocks = [block_on("born"), block_on("nhs")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        probability_two_random_records_match=1 / size,
    )
    linker = Linker(DuckDBAPI(connection=database).register(pandas.DataFrame(_records(size))), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=7)
    for block in blocks:  # by each, what it does not block on
        linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
    whole = linker.misc.save_model_to_json(None)
    return {found["output_column_name"]: _chances(found["comparison_levels"]) for found in whole["comparisons"]}


def _chances(levels: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    found = {
        level["label_for_charts"]: [_chance(level, side) for side in ("m", "u")]
        for level in levels
        if not level.get("is_null_level")
    }
    sums = [sum(chance[side] for chance in found.values()) for side in (0, 1)]
    return {name: (m / sums[0], u / sums[1]) for name, (m, u) in found.items()}


def _chance(level: dict[str, Any], side: str) -> float:
    found = level.get(f"{side}_probability")
    return max(found if isinstance(found, float) else 0.0, LEAST[side])


def _records(size: int) -> list[dict[str, Any]]:
    chance = random.Random(3)
    children = [invented.child(number, chance) for number in range(size)]
    again = [invented.typed_again(one, chance) for one in chance.sample(children, size // 5)]
    return [_record(number, one) for number, one in enumerate([*children, *again])]


def _record(number: int, one: invented.Child) -> dict[str, Any]:
    return {
        "unique_id": number,
        "names": ";".join(one.names),
        "born": one.born.isoformat(),
        "estimated": one.estimated,
        "postcode": one.postcode,
        "nhs": one.nhs or None,
    }


def _name_level(ones: str, others: str) -> str:
    return weights.name_level(ones.split(";"), others.split(";"))


def _birth_level(one: str, other: str, estimated: bool, other_estimated: bool) -> str:
    return weights.birth_level(
        Described(born=date.fromisoformat(one), estimated=estimated),
        Described(born=date.fromisoformat(other), estimated=other_estimated),
    )


# Trying ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    there: bool  # the child is in the record already
    weight: float  # of the likeliest; minus infinity: nobody was found
    found_right: float  # of the right one


class Trial:
    """2,000 children are entered beside a population, as the page does it; half of them are there already."""

    def __init__(self, size: int, *, seed: int, levels: Any) -> None:
        chance = random.Random(seed)
        self.by = weights.Weights(0, 1, levels)
        self.children = [invented.child(number, chance) for number in range(size)]
        self.keys: dict[str, set[int]] = defaultdict(set)
        self.days: dict[date, set[int]] = defaultdict(set)
        self.numbers = {one.nhs: number for number, one in enumerate(self.children) if one.nhs}
        for number, one in enumerate(self.children):
            for key in self._keys(one.names):
                self.keys[key].add(number)
            self.days[one.born].add(number)
        there = chance.sample(range(size), 1000)
        self.outcomes = [self._entered(invented.typed_again(self.children[n], chance), n) for n in there]
        self.outcomes += [self._entered(invented.child(size + n, chance), None) for n in range(1000)]

    def _keys(self, of: Iterable[str]) -> set[str]:
        return {key for name in of for key in names.keys(name)}

    def _entered(self, typed: invented.Child, right: int | None) -> Outcome:
        one = _described(typed, postcode=False)
        met: dict[int, int] = defaultdict(int)
        for key in self._keys(typed.names):
            for number in self.keys.get(key, ()):
                met[number] += 1
        near = {number for number, times in met.items() if times > 1}
        near |= self.days[typed.born] | self.days[invented._swapped(typed.born)]
        near |= {self.numbers[typed.nhs]} if typed.nhs in self.numbers else set()
        found = {
            number: weights.weigh(one, _described(self.children[number], postcode=False), self.by).weight
            for number in near
        }
        return Outcome(
            right is not None, max(found.values(), default=-99), found.get(right, -99) if right is not None else -99
        )  # type: ignore[arg-type]

    def threshold(self, in_vain: float) -> float:
        """The least weight at which so few of the children who are not there are met by a question."""
        vain = sorted(one.weight for one in self.outcomes if not one.there)
        return round(vain[min(len(vain) - 1, int(len(vain) * (1 - in_vain)))] + 0.05, 1)

    def at(self, weight: float) -> tuple[int, int, int]:
        """Of the 1,000 who are there, whose record was shown; of the 1,000 who are not, who were shown somebody."""
        right = sum(one.there and one.found_right >= weight for one in self.outcomes)
        vain = sum(not one.there and one.weight >= weight for one in self.outcomes)
        return right, vain, len(self.outcomes) // 2


def _described(one: invented.Child, *, postcode: bool) -> Described:
    return Described(
        names=one.names,
        born=one.born,
        estimated=one.estimated,
        postcodes=frozenset({one.postcode}) if postcode else frozenset(),
        identifiers=frozenset({("nhs", one.nhs)}) if one.nhs else frozenset(),
    )


# Writing --------------------------------------------------------------------------------------------------------------


def _write(chances: Any, show: float, ask: float, size: int) -> None:
    """The figures, in the file as it stands: its words and comments stay."""
    text = weights.DEFINITION.read_text(encoding="utf-8")
    for comparison, levels in chances.items():
        start = text.index(f"  {comparison}:\n")
        for name, (m, u) in levels.items():
            pattern = re.compile(rf"(    {name}: {{m: )[0-9.e-]+(, u: )[0-9.e-]+")
            text = text[:start] + pattern.sub(rf"\g<1>{m:.6f}\g<2>{u:.7f}", text[start:], count=1)
    text = re.sub(r"show: [0-9.]+", f"show: {show}", text)
    text = re.sub(r"ask: [0-9.]+", f"ask: {ask}", text)
    text = re.sub(r"checked: [0-9-]+", f"checked: {TODAY:%Y-%m-%d}", text)
    how = (
        f"how: >-\n  Estimated on {TODAY:%Y-%m-%d} by benchmarks/matching_weights.py with Splink {_splink()} from {size:,} invented children,\n"
        f"  a fifth of them written twice. How often each mistake is made is a guess, written in benchmarks/invented.py:\n"
        f"  estimate again from real pairs, once a service has said which of its records were one child.\n"
    )
    weights.DEFINITION.write_text(re.sub(r"how: (.*\n)(?:  .*\n)*", how, text, count=1), encoding="utf-8")


def _splink() -> str:
    from importlib.metadata import version

    return version("splink")


def report(size: int, chances: Any, show: float, ask: float, held_out: Trial) -> str:
    lines = [
        "# Who may be the same child: weights, and how well they tell",
        "",
        f"Command: `python benchmarks/matching_weights.py --children {size} --write`, with Splink {_splink()}",
        "",
        f"Everybody is invented. {size:,} children, a fifth written twice with the mistakes of `invented.py`; Splink estimates u from random",
        f"pairs and m by expectation maximisation; what is seen fewer than ten times among {PAIRS:,} pairs counts as ten.",
        "Thresholds are set on a second population and tried on a third, by entering 2,000",
        "children with name, birth date and sometimes a number: 1,000 are there already, typed by another hand, 1,000 are not.",
        "",
        "| from this weight | record of the same child shown (recall) | shown somebody although the child is not there | of those shown somebody, rightly (precision) |",
        "|---|---|---|---|",
    ]
    for what, weight in (("shown", show), ("must be answered", ask)):
        right, vain, of = held_out.at(weight)
        lines.append(
            f"| {what}: {weight} | {right} of {of:,} ({right / of:.1%}) | {vain} of {of:,} ({vain / of:.1%}) | {right} of {right + vain:,} ({right / (right + vain):.1%}) |"
        )
    lines += ["", "| comparison | level | m | u | weight |", "|---|---|---|---|---|"]
    for comparison, levels in chances.items():
        lines += [
            f"| {comparison} | {name.replace('_', ' ')} | {m:.4f} | {u:.6f} | {_log(m, u):+.1f} |"
            for name, (m, u) in levels.items()
        ]
    lines += [
        "",
        "Not to be concluded: how often doubles are found in a real service. The mistakes and how often they are made are guesses, and",
        "m says little more than they do; u comes from how names are spread, which the invented lists flatten. Siblings, and twins above",
        "all, are not in the population.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
