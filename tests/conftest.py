"""What holds for every test."""

import os

from hypothesis import Phase, settings

from connectors.google_hosts import LOOPBACK_SETTING

os.environ[LOOPBACK_SETTING] = "1"  # the tests' Google is on this computer; whatever the tests start inherits it

# A busy machine makes one example slow; that says nothing about the code. The examples are the same in every run, so
# that a run that failed can be had again; `make fuzz` draws new ones.
settings.register_profile("any_machine", deadline=None, derandomize=True, database=None)
# For `make mutants` a failure is enough: nobody reads the smallest example.
settings.register_profile("mutants", settings.get_profile("any_machine"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("any_machine")
