"""A roster in Google Sheets, live: the only importer of gspread, with read-only rights."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar

import gspread
import requests
from google.auth.exceptions import GoogleAuthError
from gspread.urls import DRIVE_FILES_API_V3_URL

from connectors.assemble import raw_sheet, unread_headers
from connectors.base import SourceError
from connectors.google_address import spreadsheet_id as spreadsheet_id
from connectors.google_columns import batches, column_requests, emptied
from connectors.google_faults import DRIVE_IS_SILENT, PassingError, fault_of, fault_of_response, is_json
from connectors.google_line import CONNECT_SECONDS, READ_SECONDS, Line
from connectors.google_look import Looks
from connectors.google_plan import Columns, Plan
from connectors.google_pull import inspect, pull
from connectors.google_quota import STEADY, Quota
from connectors.google_retry import retrying
from connectors.google_session import Account, open_session, read_account
from connectors.note_columns import no_notes, raw_notes
from connectors.pseudonyms import Pseudonyms
from connectors.quota import Share, Shares
from dashboard.mapping import Inspection
from dashboard.programme import Programme
from dashboard.roster import Cell, RawNotes, RawTable, SourceInfo

DEADLINE_SECONDS = 60.0
LOCATE_AGAIN_SECONDS = 600.0  # how long a new worksheet may go unnoticed
FIRST_READS = 8  # of a spreadsheet whose headers are not known yet: as many as a turn may begin with
SHEETS_PATH = "/v4/spreadsheets/"
ASKED_FOR = 40  # requests a minute while someone asks for more than is due by itself
METADATA = (
    "properties(title,locale,timeZone),"
    "sheets(properties(title,sheetId,hidden,index,gridProperties(rowCount,columnCount)),merges)"
)
_ROOTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")

T = TypeVar("T")


class SheetsClient(gspread.HTTPClient):
    """gspread's client, answering with our faults and able to ask another host than Google's."""

    def __init__(
        self,
        session: requests.Session,
        api_root: str | None,
        refused: Callable[[float | None], None] = lambda _retry_after: None,
    ) -> None:
        """`refused` is told of every 429, with the seconds that Google asks for."""
        super().__init__(None, session=session)  # type: ignore[arg-type]  # the session signs in
        self.set_timeout((CONNECT_SECONDS, READ_SECONDS))
        self._api_root = api_root
        self._refused = refused

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        """One request, one try. Raises SourceError."""
        if self._api_root is not None:
            endpoint = self._api_root + next(endpoint[len(root) :] for root in _ROOTS if endpoint.startswith(root))
        try:
            response: requests.Response = super().request(method, endpoint, *args, **kwargs)
            if is_json(response):
                return response
            fault = SourceError("not_google")
        except gspread.exceptions.APIError as error:
            fault = fault_of_response(error.response)
            if isinstance(fault, PassingError) and fault.code == "quota":
                self._refused(fault.retry_after)
        except (requests.RequestException, GoogleAuthError) as error:
            fault = fault_of(error)
        raise fault  # out here: it must not hold on to the error of the library, nor that to half an answer


class GoogleSheets:
    """A spreadsheet on Google. May be shared by threads: one pull runs at a time."""

    def __init__(
        self,
        address: str,
        programme: Programme,
        secret: bytes,
        credentials: Path | None,
        *,
        api_root: str | None = None,
        deadline: float = DEADLINE_SECONDS,
        locate_again: float = LOCATE_AGAIN_SECONDS,
        quota: Quota | None = None,
        shares: Shares | None = None,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._id = spreadsheet_id(address)
        self._programme = programme
        self._pseudonyms = Pseudonyms(secret, programme)
        self._credentials = credentials
        self._api_root = api_root
        self._locate_again = locate_again
        self._sleep = sleep
        self._now = now
        self._quota = quota or Quota(lambda: now().timestamp())
        self._shares = shares
        self._line = Line(deadline, self._count)
        self._lock = threading.Lock()
        self._account: Account | None = None
        self._client: SheetsClient | None = None
        self._plan: Plan | None = None
        self._located = float("-inf")  # seconds since 1970
        self._looks = Looks()

    def fetch(self) -> RawTable:
        """Pull the mapped columns, within the deadline.

        Raises SourceError credentials_*, clock_wrong, api_disabled, not_shared, not_found, not_native, no_network,
        connection_lost, timeout, quota, google_down, google_refused, not_google, worksheet_missing, headers_moved,
        empty_sheet, no_header, header_clash, required_missing.
        """
        try:
            return self._on_line(self._fetch)
        finally:
            if self._share is not None:
                self._share.done(self._id)

    def inspect(self) -> Inspection:
        """Worksheets and headers, known or not; no values. Raises SourceError as fetch does, but none about headers."""
        return self._on_line(lambda: inspect(self, self._programme))

    def change_token(self) -> str | None:
        """Google's version of the file: the same token means nothing has changed. Raises SourceError as fetch does.

        None where Drive does not tell, for want of a right or of its API: only a pull then says what is the matter.
        """
        return self._on_line(self._change_token)

    def rest(self, *, asked: bool) -> float:
        """Seconds until another token and pull are within the budget; `asked` by a person, more requests are."""
        return self._quota.rest(self._expected(), ASKED_FOR if asked else STEADY)

    def turn(self, *, asked: bool) -> float:
        """Seconds until it is this spreadsheet's turn among all that the account reads; 0 where it is."""
        share = self._share
        return 0.0 if share is None else share.turn(self._id, self._reads(), asked=asked)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            self._hang_up()

    def metadata(self) -> Mapping[str, Any]:
        """Titles, sizes and merged cells."""
        return self._ask(methodcaller("spreadsheets_get", self._id, {"fields": METADATA}))

    def values(self, ranges: Sequence[str], *, by_columns: bool) -> list[list[list[Cell]]]:
        """Unformatted values of ranges; real dates are serial day numbers."""
        found: list[list[list[Cell]]] = []
        for batch in batches(ranges):
            params: dict[str, Any] = {
                "majorDimension": "COLUMNS" if by_columns else "ROWS",
                "valueRenderOption": "UNFORMATTED_VALUE",
                "dateTimeRenderOption": "SERIAL_NUMBER",
            }
            answer = self._ask(methodcaller("values_batch_get", self._id, batch, params))
            found += [emptied(part.get("values", [])) for part in answer["valueRanges"]]
        return found

    def grid(self, ranges: Sequence[str], fields: str) -> Mapping[str, Any]:
        """Hidden rows and formats of ranges, without values; one try, as a pull does without them too."""
        ask = methodcaller("spreadsheets_get", self._id, {"ranges": list(ranges), "fields": fields})
        return _understood(ask, self._connected())

    def _fetch(self) -> RawTable:
        now = self._now().timestamp()
        due = self._locating_is_due(now)
        self._plan, columns = pull(self, self._plan, self._programme, locate_again=due)
        if due:
            self._located = now
        read = zip(self._plan.worksheets, columns, strict=False)
        sheets = [raw_sheet(w.table, cells, self._pseudonyms, w.merges, w.gid) for w, cells in read]
        return RawTable(
            SourceInfo("google_sheets", self._plan.title, self._now(), self._url, self._plan.locale),
            self._looks.on(self, sheets, now),
            unread_headers(worksheet.table for worksheet in self._plan.worksheets),
            self._notes(self._plan, columns[-1]),
        )

    def _notes(self, plan: Plan, last: Columns) -> RawNotes | None:
        """The notes, in the columns that were read last; the finding that says why there are none."""
        if plan.notes is None:
            return no_notes(self._programme, plan.unheaded)
        return raw_notes(plan.notes.table, last, plan.notes.gid)

    def _locating_is_due(self, now: float) -> bool:
        return not 0 <= now - self._located < self._locate_again

    def _expected(self) -> int:
        """Requests of a token and a pull, if nothing has moved."""
        if self._plan is None or self._account is None:
            return 3
        return 1 + self._reads() + (not self._account.credentials.valid)

    def _reads(self) -> int:
        """Reads of the Sheets API in a pull, if nothing has moved."""
        now, plan = self._now().timestamp(), self._plan
        if plan is None:
            return FIRST_READS
        located = self._locating_is_due(now) * (1 + (plan.notes is not None))
        pull = 1 + plan.merged_below + column_requests(plan.read) + located
        return pull + self._looks.due(now)

    @property
    def _share(self) -> Share | None:
        """The account's share of Google's quota; None where this sheet is the only one."""
        if self._shares is None or self._account is None:
            return None
        return self._shares.of(self._account.email)

    def _count(self, address: str) -> None:
        """Count a request before it is sent. Drive and sign-ins have limits of their own."""
        self._quota.take()
        if self._share is not None and SHEETS_PATH in address:
            self._share.spend(self._id)

    def _refused(self, retry_after: float | None) -> None:
        if self._share is not None:
            self._share.refused(retry_after)

    @property
    def _url(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self._id}/edit"

    def _change_token(self) -> str | None:
        params = {"fields": "version,modifiedTime", "supportsAllDrives": "true"}
        try:
            answer = self._ask(lambda c: c.request("get", f"{DRIVE_FILES_API_V3_URL}/{self._id}", params=params).json())
        except SourceError as error:
            if error.code in DRIVE_IS_SILENT:
                return None
            raise
        return f"{answer.get('version')} {answer.get('modifiedTime')}"

    def _on_line(self, call: Callable[[], T]) -> T:
        with self._lock, self._line.open():
            try:
                return call()
            except SourceError as error:
                fault = self._explained(error)
            # Raised out here, it does not hold on to the error before it, nor that to what Google answered.
            raise fault

    def _explained(self, error: SourceError) -> SourceError:
        """The error with what only this source knows: key file, address to share with, spreadsheet, time allowed."""
        if error.code == "timeout" or not self._line.left:
            return SourceError("timeout", seconds=round(self._line.seconds))
        if error.code == "not_shared" and self._account is not None:
            return SourceError("not_shared", address=self._account.email)
        if error.code in ("credentials_invalid", "credentials_revoked"):
            self._hang_up()  # the key file may be mended by the next pull
            return SourceError(error.code, path=str(self._credentials))
        place = {"url": self._url} if error.code in ("not_found", "not_native") else error.params
        return SourceError(error.code, **place)

    def _ask(self, call: Callable[[SheetsClient], T]) -> T:
        """Ask Google, again if the fault may pass, as long as the line has time."""
        answer: T = retrying(self._line, self._sleep)(_understood, call, self._connected())
        return answer

    def _connected(self) -> SheetsClient:
        if self._client is None:
            self._account = read_account(self._credentials)
            session = open_session(self._account, self._line)
            self._client = SheetsClient(session, self._api_root or self._account.api_root, self._refused)
        return self._client

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.session.close()
            self._client = None


def _understood(call: Callable[[SheetsClient], T], client: SheetsClient) -> T:
    """gspread lets a body that is no JSON through as a bare JSONDecodeError; here it was cut short on the way."""
    with suppress(ValueError):
        return call(client)
    raise PassingError("connection_lost")
