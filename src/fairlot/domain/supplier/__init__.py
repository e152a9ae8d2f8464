"""Suppliers: enrolment, badge, record, penalties and limit, each computed from facts that are kept beside the result."""
