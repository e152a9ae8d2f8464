"""A trade that goes well, from draft to the payment file: `FAIRLOT_DEMO=1 python examples/fulfilled.py`.

It reads examples/power-banks.en.toml, pays from a camt.053 statement, and leaves a pain.001 file in the data directory.
Run it again at any time: what is done stays done.
"""

from fairlot.interfaces.cli.demo import demo
from fairlot.simulate.plays import FULFILLED_ID

if __name__ == "__main__":
    demo(["--play-only", "--only", FULFILLED_ID])
