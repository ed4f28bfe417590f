"""The fault of a setting."""


class SettingsError(Exception):
    """A setting cannot be used. `code` is the key of a sentence ("error.<code>"), `params` name the setting."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
