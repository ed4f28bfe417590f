"""The edges: where rosters come from and where they are kept."""
