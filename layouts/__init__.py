"""Every rendering: pages, components and their assets."""
