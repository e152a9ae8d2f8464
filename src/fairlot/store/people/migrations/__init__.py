"""Migrations of people and companies, and the rights of the application's role to everything that signs people in."""
