"""Cover: a supplier's limit and its grants, and what an order is protected against now."""
