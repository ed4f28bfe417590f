"""The pure core: reads cells, counts women, says what is known. No Dash, no network, no clock, no environment."""
