"""A trade that goes wrong: delivered with 2,000 mAh instead of 3,000, disputed, mediated, partly refunded.

`FAIRLOT_DEMO=1 python examples/defective.py`. Run it again at any time: what is done stays done.
"""

from fairlot.interfaces.cli.demo import demo
from fairlot.simulate.plays import DEFECTIVE_ID

if __name__ == "__main__":
    demo(["--play-only", "--only", DEFECTIVE_ID])
