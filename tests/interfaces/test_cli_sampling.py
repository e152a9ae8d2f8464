"""`fairlot sampling` as a user types it: plans, tables, curves, inspections."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from scipy import stats

from fairlot.domain.sampling import AQLS, KINDS, LEVELS, SEVERITIES, plan
from tests.support.sampling_command import CHANCE_HEADER, PLAN_HEADER, run, said, said_json, table


class TestPlan:
    USUAL = ("plan", "--lot-size", "3000", "--level", "II", "--aql", "2.5")

    def test_text(self) -> None:
        assert said(*self.USUAL).splitlines() == [
            "ISO 2859-1:1999, single sampling, normal inspection",
            "Lot of 3000, level II, AQL 2.5: code letter K",
            "inspect 125; accept up to 7, reject from 8 defective",
            "A lot with 9.24 % defective passes this plan 1 time in 10.",
        ]

    def test_json(self) -> None:
        found = said_json(*self.USUAL)
        assert {
            name: found[name]
            for name in ("code_letter", "plan_letter", "n", "ac", "re", "n_inspect")
        } == {
            "code_letter": "K",
            "plan_letter": "K",
            "n": 125,
            "ac": 7,
            "re": 8,
            "n_inspect": 125,
        }
        assert (found["edition"], found["kind"], found["type"], found["full_inspection"]) == (
            "iso-1999",
            "single",
            "normal",
            False,
        )

    def test_stages_are_lists_in_json_and_lines_in_text(self) -> None:
        found = said_json(*self.USUAL, "--kind", "multiple", "--type", "tightened")
        assert (found["edition"], found["ac"]) == ("z1.4", [-1, 1, 2, 3, 5, 7, 9])
        text = said(*self.USUAL, "--kind", "multiple", "--type", "tightened")
        assert "Sample 1: inspect 32; accept is not permitted yet, reject from 4 defective" in text
        assert "Sample 7: inspect 32; accept up to 9, reject from 10 defective" in text

    def test_full_inspection_arrows_and_simpler_kinds_are_said(self) -> None:
        text = said("plan", "--lot-size", "20", "--aql", "0.10", "--kind", "double")
        assert "100 % inspection: the sample is the whole lot." in text
        assert "The arrow points down to code letter K." in text
        assert "The tables hold no double plan here; the single plan is used." in text
        assert said_json("plan", "--lot-size", "20", "--aql", "0.10")["n_inspect"] == 20

    def test_a_lot_of_one_and_a_lot_of_a_billion(self) -> None:
        assert said_json("plan", "--lot-size", "1", "--aql", "2.5")["full_inspection"] is True
        assert said_json("plan", "--lot-size", "1000000000", "--aql", "2.5")["code_letter"] == "Q"

    def test_chinese(self) -> None:
        result = run("--language", "zh", *self.USUAL)
        assert "不合格品率为 9.24% 的批每 10 次中有 1 次会通过本方案。" in result.stdout

    @pytest.mark.parametrize(
        "asked",
        [
            ("plan", "--lot-size", "20", "--aql", "0.10", "--kind", "double"),
            ("plan", "--lot-size", "3000", "--aql", "2.5", "--kind", "multiple"),
            ("inspect", "--lot-size", "3000", "--seed", "1", "--found", "major=8"),
            ("inspect", "--lot-size", "30", "--line", "红:30:3", "--not-checked", "唛头"),
        ],
    )
    def test_nothing_is_left_in_english(self, asked: tuple[str, ...]) -> None:
        said_there = run("--lang", "zh", *asked).stdout
        assert run(*asked, "--lang", "zh").stdout == said_there
        english = set(re.findall("[a-z]{3,}", said_there))
        # Values of options are the same in every language.
        assert english <= {"iso", "separate", "lot"}

    def test_a_refusal_speaks_the_language_named_after_the_command(self) -> None:
        result = run("plan", "--lot-size", "0", "--aql", "2.5", "--lang", "zh")
        assert (result.exit_code, "批量必须在" in result.stderr) == (2, True)


class TestTables:
    def test_every_plan_is_the_librarys(self) -> None:
        rows = [
            f"{lot},{level},{aql},{severity},{kind},{'z1.4' if kind != 'single' else ''}"
            for lot in (1, 2, 7, 90, 3000, 10**9)
            for level in LEVELS
            for aql in AQLS
            for severity in SEVERITIES
            for kind in KINDS
        ]
        found = table(said("plans", "--csv", "-", given="\n".join([PLAN_HEADER, *rows])))
        assert len(found) == len(rows)
        for row in found:
            own = plan(
                lot_size=int(row["lot_size"]),
                level=row["level"],  # type: ignore[arg-type]
                aql=row["aql"],
                severity=row["type"],  # type: ignore[arg-type]
                kind=row["kind"],  # type: ignore[arg-type]
            )
            assert row["n"].split(";") == [str(stage.sample_size) for stage in own.stages]
            assert row["ac"].split(";") == [str(stage.acceptance_number) for stage in own.stages]
            assert row["re"].split(";") == [str(stage.rejection_number) for stage in own.stages]
            assert row["n_inspect"].split(";") == [str(size) for size in own.sizes_to_inspect]
            assert (row["code_letter"], row["plan_letter"]) == (own.code_letter, own.plan_letter)

    def test_other_columns_pass_through_and_stages_are_separated(self) -> None:
        given = f'note,{PLAN_HEADER}\n"a, b",4,II,10,,double,\n\n'
        assert said("plans", "--csv", "-", given=given).splitlines() == [
            f"note,{PLAN_HEADER},code_letter,plan_letter,n,ac,re,n_inspect,full_inspection",
            '"a, b",4,II,10,,double,,A,C,3;3,0;1,2;2,3;1,false;true',
        ]

    def test_a_table_may_be_fed_back(self) -> None:
        once = said("plans", "--csv", "-", given=f"{PLAN_HEADER}\n3000,II,2.5,,,\n")
        assert said("plans", "--csv", "-", given=once) == once

    def test_a_file_with_a_byte_order_mark_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "lots.csv"
        path.write_bytes(b"\xef\xbb\xbf" + f"{PLAN_HEADER}\r\n3000,II,2.5,,,\r\n".encode())
        assert table(said("plans", "--csv", str(path)))[0]["n"] == "125"

    def test_chances_for_each_distribution(self) -> None:
        given = f"""{CHANCE_HEADER}
single,125,7,8,binomial,,,0.06
single,20,21,22,poisson,,,1.41
double,80;80,3;8,7;9,binomial,,,0.05
multiple,32;32;32,-1;1;2,2;3;3,hypergeometric,3000,75,
multiple,32;32;32,#;1;2,2;3;3,hypergeometric,3000,75,
single,3,0,1,hypergeometric,4,2,
single,3,1,2,hypergeometric,4,2,
"""
        rows = table(said("pa", "--csv", "-", given=given))
        second = [float(stats.binom.pmf(count, 80, 0.05)) for count in (4, 5, 6)]
        double = float(stats.binom.cdf(3, 80, 0.05)) + sum(
            chance * float(stats.binom.cdf(8 - count, 80, 0.05))
            for count, chance in zip((4, 5, 6), second, strict=True)
        )
        assert [float(row["pa"]) for row in rows[:3]] == pytest.approx(
            [float(stats.binom.cdf(7, 125, 0.06)), float(stats.poisson.cdf(21, 28.2)), double],
            abs=1e-12,
        )
        assert [float(row["asn"]) for row in rows[:3]] == pytest.approx(
            [125.0, 20.0, 80 + 80 * sum(second)]
        )
        assert rows[3]["pa"] == rows[4]["pa"]
        # Three of four units with two defective: one is found in 2 of 4 ways, both in the others.
        assert [float(row["pa"]) for row in rows[5:]] == pytest.approx([0.0, 0.5])


class TestCurve:
    USUAL = ("curve", "--lot-size", "3000", "--aql", "2.5")

    def test_table_and_words(self) -> None:
        lines = said(*self.USUAL).splitlines()
        assert "A lot with 2.5 % defective passes this plan 99 times in 100." in lines
        assert "A lot with 9.24 % defective passes this plan 1 time in 10." in lines
        assert len(lines) > 20

    def test_json_holds_the_points_and_the_risks(self) -> None:
        facts = said_json(
            *self.USUAL,
            "--compare",
            "tightened",
            "--compare",
            "double,aql=4.0",
            "--compare",
            "50:0",
        )
        assert len(facts["curves"]) == 4
        assert all(
            len(curve[name]) == 200
            for curve in facts["curves"]
            for name in ("p", "pa", "asn", "aoq", "ati")
        )
        assert facts["aql"]["p"] == 0.025
        assert facts["ltpd"]["pa"] == pytest.approx(0.1)
        assert facts["aoql"]["aoq"] == pytest.approx(max(facts["curves"][0]["aoq"]), rel=1e-3)
        assert (
            facts["curves"][1]["pa"][30]
            < facts["curves"][0]["pa"][30]
            < facts["curves"][2]["pa"][30]
        )
        assert facts["curves"][3]["name"] == "n 50, Ac 0"

    def test_another_level_may_be_compared(self) -> None:
        facts = said_json(*self.USUAL, "--compare", "level=III", "--points", "2")
        assert facts["curves"][1]["name"] == "single normal, AQL 2.5: n 200, Ac 10"

    def test_points_and_limiting_quality_are_the_users(self) -> None:
        facts = said_json(*self.USUAL, "--points", "11", "--ltpd", "6")
        assert len(facts["curves"][0]["p"]) == 11
        assert (
            facts["ltpd"]["sentence_en"] == "A lot with 6 % defective passes this plan 1 time in 2."
        )

    def test_pictures(self, tmp_path: Path) -> None:
        svg, png = tmp_path / "curve.svg", tmp_path / "curve.png"
        assert said(*self.USUAL, "--compare", "reduced", "--svg", str(svg), "--png", str(png)) == ""
        drawn = svg.read_text(encoding="utf-8")
        for words in (
            "AQL 2.5 %",
            "LTPD 9.24 %",
            "producer's risk",
            "consumer's risk",
            "single reduced",
        ):
            assert words in drawn
        assert png.read_bytes().startswith(b"\x89PNG")

    def test_nonconformities_per_hundred(self, tmp_path: Path) -> None:
        svg = tmp_path / "curve.svg"
        said("curve", "--lot-size", "3000", "--aql", "65", "--svg", str(svg))
        assert "Defects per 100 units" in svg.read_text(encoding="utf-8")

    def test_a_lot_inspected_whole_lets_nothing_out(self) -> None:
        facts = said_json("curve", "--lot-size", "4", "--aql", "2.5")
        assert set(facts["curves"][0]["aoq"]) == {0.0}


class TestInspect:
    USUAL = ("inspect", "--lot-size", "3000")

    def test_r34_the_plan_for_three_classes(self) -> None:
        lines = said(*self.USUAL).splitlines()
        assert lines[1] == "Lot of 3000, level II, code letter K: draw 125"
        assert "Critical (none allowed): inspect 125; accept up to 0, reject from 1" in lines
        assert "Major (AQL 2.5): inspect 125; accept up to 7, reject from 8" in lines
        assert "Minor (AQL 4.0): inspect 125; accept up to 10, reject from 11" in lines
        assert "  A lot with 54 such units (1.8 %) passes at most 1 time in 10." in lines

    def test_the_page_for_buyers_shows_what_the_command_says(self) -> None:
        page = (Path(__file__).parents[2] / "docs" / "sampling.md").read_text(encoding="utf-8")
        shown = page.split("$ fairlot sampling inspect --lot-size 3000\n")[1].split("```")[0]
        assert shown == said(*self.USUAL)

    def test_policies(self) -> None:
        sizes = {
            policy: [
                said_json("inspect", "--lot-size", "30", "--policy", policy)["classes"][name][
                    "n_inspect"
                ]
                for name in ("critical", "major", "minor")
            ]
            for policy in ("separate", "largest_n", "largest_letter")
        }
        assert sizes == {
            "separate": [13, 5, 13],
            "largest_n": [13, 13, 13],
            "largest_letter": [20, 20, 20],
        }

    def test_full_inspection_is_said(self) -> None:
        assert "100 % inspection: the sample is the whole lot." in said(
            "inspect", "--lot-size", "4"
        )

    def test_the_drawn_sample_is_a_list_that_can_be_repeated(self) -> None:
        words = (*self.USUAL, "--seed", "ord_1", "--line", "red:1200:50", "--line", "blue:1800")
        text = said(*words)
        assert text == said(*words)
        assert 'Drawn with seed "ord_1": 125 units' in text
        assert "Open of red: cartons " in text
        assert "125. blue, unit " in text
        units = said_json(*words)["sample"]["units"]
        assert len({(unit["line"], unit["carton"], unit["unit"]) for unit in units}) == 125
        assert sum(unit["line"] == "red" for unit in units) == 50

    def test_without_lines_the_lot_is_one_heap(self) -> None:
        units = said_json(*self.USUAL, "--seed", "s")["sample"]["units"]
        assert {unit["line"] for unit in units} == {"lot"}

    def test_the_verdict_names_what_decided(self) -> None:
        words = ("--found", "critical=0", "--found", "major=8", "--found", "minor=3")
        assert said(*self.USUAL, *words).splitlines()[-2:] == [
            "Verdict: failed (sampling: rejected)",
            "- Major: 8 defective in a sample of 125; 7 are allowed, 8 reject the lot.",
        ]
        judged = said_json(*self.USUAL, *words)["verdict"]
        assert (judged["outcome"], judged["can_still_pass"]) == ("failed", False)

    def test_a_running_inspection(self) -> None:
        words = (
            "--found",
            "critical=0",
            "--found",
            "major=2",
            "--found",
            "minor=3",
            "--inspected",
            "60",
        )
        judged = said_json(*self.USUAL, *words)["verdict"]
        assert (judged["outcome"], judged["can_still_pass"], judged["can_still_fail"]) == (
            "pending",
            True,
            True,
        )

    def test_terms_beside_the_sampling(self) -> None:
        counted = ("--found", "critical=0", "--found", "major=0", "--found", "minor=0")
        assert said_json(*self.USUAL, *counted)["verdict"]["outcome"] == "passed"
        pending = said_json(*self.USUAL, *counted, "--not-checked", "drop test")["verdict"]
        assert (pending["outcome"], pending["sampling_result"]) == ("pending", "accepted")
        failed = said_json(*self.USUAL, *counted, "--mandatory-failed", "CE marking")["verdict"]
        assert (failed["outcome"], failed["sampling_result"]) == ("failed", "accepted")


LISTS_MODULES = "import sys; import fairlot.domain.sampling{more}; print(*sys.modules)"


@pytest.mark.parametrize("more", ["", "; import fairlot.interfaces.cli.sampling"])
def test_neither_a_web_framework_nor_arrays_are_loaded_with_the_tables(more: str) -> None:
    """A fresh interpreter: what costs time is loaded only by who draws or computes curves."""
    listed = subprocess.run(
        [sys.executable, "-c", LISTS_MODULES.format(more=more)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "fairlot.domain.sampling" in listed
    heavy = {"numpy", "scipy", "matplotlib", "django", "psycopg", "pint", "weasyprint"}
    assert not heavy & set(listed)
    # Planted: the same question about a module that does load numpy.
    more = "; import fairlot.domain.sampling.curves as c, fairlot.domain.sampling as s; "
    more += "c.operating_curve(s.plan(lot_size=9, level='II', aql='2.5').stages, qualities=(0.1,))"
    curves = subprocess.run(
        [sys.executable, "-c", LISTS_MODULES.format(more=more)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "numpy" in curves
