"""The rules' own words in English and Chinese: statuses, clocks, events, commands, accounts; no personal data in any."""
