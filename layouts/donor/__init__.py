"""What a donor sees: one release, and nothing else. These pages are built from a Release and the programme's names."""
