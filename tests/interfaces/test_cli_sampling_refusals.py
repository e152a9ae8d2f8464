"""`fairlot sampling` given what cannot be granted: one clear sentence, nothing else, and exit code 2."""

from __future__ import annotations

import pytest

from tests.support.sampling_command import CHANCE_HEADER, PLAN_HEADER, refused, run


class TestBadInput:
    @pytest.mark.parametrize(
        ("lot", "sentence"),
        [
            ("0", "Lot size must be from 1 to 1000000000 units, not 0."),
            ("-1", "Lot size must be from 1 to 1000000000 units, not -1."),
            ("1000000000000", "Lot size must be from 1 to 1000000000 units, not 1000000000000."),
            ("1.5", "Lot size must be a whole number of units, not 1.5."),
            ("abc", "Lot size must be a whole number of units, not abc."),
            ("", 'Lot size must be a whole number of units, not "".'),
            ("３０００", "Lot size must be a whole number of units, not ３０００."),
        ],
    )
    def test_lot_sizes(self, lot: str, sentence: str) -> None:
        assert refused("plan", "--lot-size", lot, "--aql", "2.5") == sentence
        assert refused("inspect", "--lot-size", lot) == sentence
        assert refused("curve", "--lot-size", lot, "--aql", "2.5") == sentence
        row = f"{PLAN_HEADER}\n{lot},II,2.5,,,\n"
        assert refused("plans", "--csv", "-", given=row) == f"Line 2: {sentence}"

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (
                ("--aql", "2.6"),
                "AQL 2.6 is not in the standard's series; the nearest are 2.5, 4.0.",
            ),
            (("--aql", "x"), "AQL must be written as a decimal number such as \"2.5\", not 'x'."),
            (
                ("--aql", "2.5", "--level", "IV"),
                "Inspection level IV does not exist; the levels are I, II, III, S-1, S-2, S-3, S-4.",
            ),
            (
                ("--aql", "2.5", "--kind", "double", "--edition", "iso-1999"),
                "Edition iso-1999 holds no double plans here; use edition z1.4 for them.",
            ),
            (
                ("--aql", "2.5", "--type", "lax"),
                "Type of inspection lax does not exist; the types are normal, tightened, reduced.",
            ),
            ((), "Missing option '--aql'."),
        ],
    )
    def test_plans(self, words: tuple[str, ...], sentence: str) -> None:
        assert refused("plan", "--lot-size", "3000", *words) == sentence

    def test_none_allowed_is_explained(self) -> None:
        assert "none allowed" in refused("plan", "--lot-size", "3000", "--aql", "0")

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (
                "single,50,3,3,binomial,,,0.1",
                "Rejection number 3 must be greater than acceptance number 3.",
            ),
            (
                "single,50,3,2,binomial,,,0.1",
                "Rejection number 2 must be greater than acceptance number 3.",
            ),
            ("single,50,3,4,binomial,,,1.2", "Share defective p must lie from 0 to 1, not 1.2."),
            ("single,50,3,4,binomial,,,nan", "p must be a number, not nan."),
            ("single,50,3,4,binomial,,,", 'p must be a number, not "".'),
            (
                "single,0,3,4,binomial,,,0.1",
                "Sample size must be a whole number from 1 to 1000000000, not 0.",
            ),
            ("single,x,3,4,binomial,,,0.1", "n must be a whole number, not x."),
            ("double,50,3,4,binomial,,,0.1", "Number of stages of a double plan cannot be 1."),
            (
                "single,5;5,3,4,binomial,,,0.1",
                "n, ac and re must name the same number of stages, not 2, 1 and 1.",
            ),
            (
                "triple,50,3,4,binomial,,,0.1",
                "Kind of plan triple does not exist; the kinds are single, double, multiple.",
            ),
            (
                "single,5,1,2,hypergeometric,0,0,",
                "Lot size must be from 1 to 1000000000 units, not 0.",
            ),
            (
                "single,5,1,2,hypergeometric,9,10,",
                "The count of defective units is 10, but only 9 are there.",
            ),
            (
                "single,5,1,2,normal,,,0.1",
                "Distribution normal does not exist; the distributions are binomial, poisson, hypergeometric.",
            ),
        ],
    )
    def test_rows_of_chances(self, row: str, sentence: str) -> None:
        good = "single,5,1,2,binomial,,,0.1"
        given = f"{CHANCE_HEADER}\n{good}\n{row}\n"
        assert refused("pa", "--csv", "-", given=given) == f"Line 3: {sentence}"

    def test_a_bad_row_leaves_no_half_table(self) -> None:
        rows = "\n".join(["3000,II,2.5,,,"] * 50)
        assert refused(
            "plans", "--csv", "-", given=f"{PLAN_HEADER}\n{rows}\n3000,IV,2.5,,,\n"
        ).startswith("Line 52: ")

    @pytest.mark.parametrize("command", ["plans", "pa"])
    def test_tables_that_are_none(self, command: str) -> None:
        assert refused(command, "--csv", "-", given="").startswith(
            "Line 1: The table lacks the columns "
        )
        assert refused(command, "--csv", "-", given="a,b\n1,2\n").startswith(
            "Line 1: The table lacks the columns "
        )
        assert "not CSV in UTF-8" in refused(command, "--csv", "-", given=b"\xff\xfe\x00")
        assert "not CSV in UTF-8" in refused(command, "--csv", "-", given='a,"b\n')
        assert "No such file" in refused(command, "--csv", "nowhere.csv")

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            (("--compare", "laxer"), "A plan to compare is written"),
            (("--compare", "50"), "A plan to compare is written"),
            (("--compare", "50:1:2:3"), "A plan to compare is written"),
            (("--compare", "50:x"), "n:Ac:Re must be a whole number"),
            (("--compare", "50:2:2"), "must be greater than acceptance number"),
            (("--compare", "aql=2.6"), "the nearest are 2.5, 4.0"),
            (("--compare", "level=IV"), "Inspection level IV"),
            (("--compare", "50:1") * 6, "At most 6 plans"),
            (("--ltpd", "120"), "from 0 to 1, not 1.2"),
            (("--ltpd", "much"), "LTPD must be a number"),
            (("--points", "1"), "from 2 to 100000 points"),
            (("--points", "many"), "points must be a whole number"),
            (("--svg", "no/such/folder/curve.svg"), "cannot be written"),
        ],
    )
    def test_curves(self, words: tuple[str, ...], part: str) -> None:
        assert part in refused("curve", "--lot-size", "3000", "--aql", "2.5", *words)

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            (("--policy", "best"), "Policy best"),
            (("--major", "2.6"), "AQL 2.6"),
            (("--line", "red:10", "--seed", "s"), "The lines hold 10 units, but the lot 3000."),
            (("--line", "red:3000"), "needs a seed"),
            (("--line", "red", "--seed", "s"), "quantity must be a whole number"),
            (("--line", "red:3000:x", "--seed", "s"), "cartons must be a whole number"),
            (("--line", "red:3000:3001", "--seed", "s"), "no more cartons than units"),
            (("--found", "cosmetic=1"), "Defect class cosmetic"),
            (("--found", "major"), "major must be a whole number"),
            (("--found", "major=200"), "The count of major is 200, but only 125"),
            (("--inspected", "126"), "The count of units is 126, but only 125"),
        ],
    )
    def test_inspections(self, words: tuple[str, ...], part: str) -> None:
        assert part in refused("inspect", "--lot-size", "3000", *words)

    def test_chinese(self) -> None:
        result = run("--language", "zh", "plan", "--lot-size", "3000", "--aql", "2.6")
        assert (result.exit_code, result.stderr) == (
            2,
            "Error: AQL 2.6 不在标准的数列中；最接近的值为 2.5、4.0。\n",
        )
        result = run(
            "--language",
            "zh",
            "plans",
            "--csv",
            "-",
            given=f"{PLAN_HEADER}\n0,II,2.5,,,\n".encode(),
        )
        assert (result.exit_code, result.stderr) == (
            2,
            "Error: 第 2 行：批量必须在 1 到 1000000000 件之间，而不是 0。\n",
        )

    @pytest.mark.parametrize(
        "words", [("nothing",), ("plan", "--lot", "3", "--nonsense", "4"), ("plan", "extra")]
    )
    def test_unknown_words(self, words: tuple[str, ...]) -> None:
        refused(*words)
