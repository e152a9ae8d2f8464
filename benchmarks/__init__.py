"""Speed, measured as ratios against a reference of the same run wherever one exists."""
