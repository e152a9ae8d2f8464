"""Rows of suppliers: enrolment, what they offer, how they are found, and what checks found."""
