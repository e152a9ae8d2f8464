"""What a text says, word by word: codes, numbers, units, dates and turns of phrase, found once and judged elsewhere."""
