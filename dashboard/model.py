"""What every model of the programme is made of."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Lang = Literal["ar", "fr", "en"]
LANGUAGES: tuple[Lang, ...] = ("ar", "fr", "en")


class Frozen(BaseModel):
    """Cannot be changed, and refuses a key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """The same words in the three languages."""

    ar: str
    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]
