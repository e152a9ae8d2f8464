"""CIEDE2000 against the published test data of Sharma, Wu and Dalal (2005), and the other two formulas."""

from __future__ import annotations

import pytest

from fairlot.domain.contract.colour import Lab, difference, lab

# G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula", Color Research & Application 30 (2005), table 1.
SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, 3.1571, -77.2803), (50.0000, 0.0000, -82.7485), 2.8615),
    ((50.0000, 2.8361, -74.0200), (50.0000, 0.0000, -82.7485), 3.4412),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 0.0000, 0.0000), (50.0000, -1.0000, 2.0000), 2.3669),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0011, -2.4900), 4.7461),
    ((50.0000, 2.5000, 0.0000), (50.0000, 0.0000, -2.5000), 4.3065),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((50.0000, 2.5000, 0.0000), (61.0000, -5.0000, 29.0000), 22.8977),
    ((50.0000, 2.5000, 0.0000), (56.0000, -27.0000, -3.0000), 31.9030),
    ((50.0000, 2.5000, 0.0000), (58.0000, 24.0000, 15.0000), 19.4535),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.1736, 0.5854), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("first", "second", "expected"), SHARMA)
def test_ciede2000_as_published(
    first: tuple[float, float, float], second: tuple[float, float, float], expected: float
) -> None:
    assert difference(Lab(*first), Lab(*second)) == pytest.approx(expected, abs=5e-5)
    assert difference(Lab(*second), Lab(*first)) == pytest.approx(expected, abs=5e-5)


def test_the_plain_distance_is_another_one() -> None:
    first, second = Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485)
    assert difference(first, second, formula="CIE76") == pytest.approx(4.0011, abs=1e-4)


def test_cmc_weighs_lightness_less_than_hue() -> None:
    grey = Lab(50, 0, 0)
    assert difference(grey, Lab(52, 0, 0), formula="CMC 2:1") == pytest.approx(0.92, abs=0.01)
    assert difference(grey, grey, formula="CMC 2:1") == 0


def test_lab_is_read_from_three_decimals_only() -> None:
    assert lab("52.1 -3.0 24.5") == Lab(52.1, -3.0, 24.5)
    assert lab("185 C") is None
