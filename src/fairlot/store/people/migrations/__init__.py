"""Migrations of people and companies, and the rights of the application's role to everything that signs people in."""

from pathlib import Path

PARTICIPANTS = Path(__file__).parents[1] / "participants.sql"
"""What fills the heads of orders that were written before others than the parties took part in them."""
