"""Speed and memory against what one would otherwise do, as ratios measured in one run."""
