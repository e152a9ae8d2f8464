"""Fairlot: open-source trade assurance. Contracts you can measure, money that waits, disputes that end."""

__version__ = "0.1.0"
