"""The settings of several programmes that one process serves, each under a host of its own.

DASHBOARD_PROGRAMMES names a folder of programme files. A programme's own part of the data folder goes by its id;
secret, history and sign-ins are common. What a person may see of a programme is her role in it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from connectors.door_settings import DoorSettings, People, people_of
from connectors.settings import (
    KEY_FILE,
    ROOT,
    Settings,
    SettingsError,
    remembered_source,
    settings_from_environment,
)
from dashboard.programme import Programme, load_programme

FOLDER = "DASHBOARD_PROGRAMMES"
LISTS = {"DASHBOARD_MANAGERS_": "manager", "DASHBOARD_VIEWERS_": "viewer"}
SOURCE = "DASHBOARD_SOURCE_"
_HOST_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1123, 2.1; lower case, as browsers send it
LOCAL_HOST = "localhost"
DRIVE_A_MINUTE = 240.0  # questions whether a sheet has changed, for all sheets together; Google allows 12,000
LOOKS_A_SECOND = 40.0  # at the histories of all programmes together, in each process
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Member:
    """One of several programmes: its file as it was at the start, and the settings of its server."""

    programme: Programme
    settings: Settings
    host: str

    @property
    def people(self) -> People:
        """Who may see it."""
        return self.settings.doors.people


@dataclass(frozen=True)
class Several:
    """The programmes of a process in the order of their file names, and the settings of the page that sums them.

    `settings.doors.people` are all who may see any programme.
    """

    settings: Settings
    host: str
    members: tuple[Member, ...]

    @property
    def poll(self) -> float:
        """Seconds between two looks at each history: all together they are no more than LOOKS_A_SECOND."""
        return max(POLL_SECONDS, len(self.members) / LOOKS_A_SECOND)

    @property
    def pace(self) -> float:
        """Seconds between two questions whether a sheet has changed, at least: all together DRIVE_A_MINUTE."""
        return len(self.members) * 60 / DRIVE_A_MINUTE


def several_from_environment(environ: Mapping[str, str]) -> Several | None:
    """The programmes of DASHBOARD_PROGRAMMES; None where it is not set. Raises SettingsError, ProgrammeError."""
    folder = environ.get(FOLDER)
    if not folder:
        return None
    programmes = _programmes(Path(folder))
    _refuse_strays(environ, programmes)
    data = Path(environ.get("DASHBOARD_DATA") or ROOT / "data")
    sources = {one.id: _source(environ, one.id, data) for one in programmes.values()}
    people = {one.id: _people(environ, one.id) for one in programmes.values()}
    real = next((source for source, _ in sources.values() if source.strip().lower() != "demo"), "demo")
    own = {"DASHBOARD_SOURCE": real, "DASHBOARD_PEOPLE": _told(people.values())}
    base = settings_from_environment({**environ, **own})
    host = urlsplit(base.reached_at).hostname or LOCAL_HOST if base.doors.address else LOCAL_HOST
    members = [
        _member(base, one, path, host, sources[one.id], replace(base.doors, people=people[one.id]))
        for path, one in programmes.items()
    ]
    return Several(replace(base, address=_address(base, host)), host, tuple(members))


def chosen_from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings of one programme: of the only one, or of the id or file that DASHBOARD_PROGRAMME names.

    Raises SettingsError, ProgrammeError.
    """
    several = several_from_environment(environ)
    if several is None:
        return settings_from_environment(environ)
    wanted = environ.get("DASHBOARD_PROGRAMME", "")
    for member in several.members:
        if wanted in (member.programme.id, str(member.settings.programme)):
            return member.settings
    ids = ", ".join(member.programme.id for member in several.members)
    raise SettingsError("programme_not_chosen", setting="DASHBOARD_PROGRAMME", ids=ids)


def _programmes(folder: Path) -> dict[Path, Programme]:
    found: dict[Path, Programme] = {}
    for path in sorted(folder.glob("*.toml")):
        programme = load_programme(path)
        if not _HOST_LABEL.fullmatch(programme.id):
            raise SettingsError("programme_id_no_host", file=str(path), id=programme.id)
        twin = next((other for other, known in found.items() if known.id == programme.id), None)
        if twin is not None:
            raise SettingsError("programme_id_twice", file=str(path), other=str(twin), id=programme.id)
        found[path] = programme
    if not found:
        raise SettingsError("programmes_none", folder=str(folder), setting=FOLDER)
    return found


def _refuse_strays(environ: Mapping[str, str], programmes: Mapping[Path, Programme]) -> None:
    """A setting for a programme that is not there would be passed over in silence: a typing error, most likely."""
    known = {_suffix(programme.id) for programme in programmes.values()}
    for name, value in environ.items():
        prefix = next((prefix for prefix in (SOURCE, *LISTS) if name.startswith(prefix)), None)
        if value and prefix is not None and name.removeprefix(prefix) not in known:
            raise SettingsError("setting_of_nobody", setting=name, folder=environ[FOLDER])
    if environ.get("DASHBOARD_SOURCE"):
        raise SettingsError("source_of_all", setting="DASHBOARD_SOURCE", example=f"{SOURCE}{sorted(known)[0]}")


def _suffix(programme: str) -> str:
    return programme.upper().replace("-", "_")


def _source(environ: Mapping[str, str], programme: str, data: Path) -> tuple[str, bool]:
    """The source of a programme, and whether it was set: then it wins over the one chosen on its page."""
    given = environ.get(SOURCE + _suffix(programme))
    return given or remembered_source(data / programme) or "demo", bool(given)


def _people(environ: Mapping[str, str], programme: str) -> People:
    """Who may see a programme: those who may see all, and its own. A manager of either is one."""
    people = dict(people_of(environ.get("DASHBOARD_PEOPLE", ""), "DASHBOARD_PEOPLE"))
    for prefix, role in sorted(LISTS.items(), reverse=True):  # viewers before managers
        name = prefix + _suffix(programme)
        listed = (entry.strip() for entry in re.split(r"[,;\n]", environ.get(name, "")))
        own = people_of(", ".join(f"{entry}={role}" for entry in listed if entry), name)
        people |= {address: own[address] for address in own if people.get(address) != "manager"}
    return people


def _told(lists: Iterable[People]) -> str:
    """Everyone of several lists, with the highest role anywhere, as the setting writes it."""
    everyone: dict[str, str] = {}
    for people in lists:
        everyone |= {who: role for who, role in people.items() if everyone.get(who) != "manager"}
    return ", ".join(f"{who}={role}" for who, role in everyone.items())


def _member(
    base: Settings, programme: Programme, path: Path, host: str, source: tuple[str, bool], doors: DoorSettings
) -> Member:
    own, data = f"{programme.id}.{host}", base.data / programme.id
    address = _address(base, own)
    kept = data / KEY_FILE
    settings = replace(
        base,
        source=source[0],
        source_is_set=source[1],
        programme=path,
        data=data,
        shared=base.data,
        credentials=kept if kept.exists() else base.credentials,
        doors=replace(doors, address=address if base.doors.address else None),
        address=address,
        entrance=_address(base, host),
    )
    return Member(programme, settings, own)


def _address(base: Settings, host: str) -> str:
    """What a browser opens for a host, with the scheme and port under which the bare one is known."""
    known = urlsplit(base.doors.address or f"http://{LOCAL_HOST}:{base.port}")
    port = f":{known.port}" if known.port else ""
    return f"{known.scheme}://{host}{port}"
