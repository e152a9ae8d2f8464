"""Contract templates as data: one file per trade, each with the terms that people forget, in English and Chinese."""
