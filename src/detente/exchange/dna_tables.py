"""The tables of a file of Discourse Network Analyzer 3 (Leifeld), in SQLite, and how its places and passwords are written."""

from __future__ import annotations

import hashlib
import sqlite3
from base64 import b64encode

from detente.errors import RecordError

VERSION = "3.0"
LONGEST = 190  # characters of a name, a title or a value: DNA's tables refuse more
ADMIN = 1  # the coder that DNA makes in every file
PASSWORD = "detente"  # DNA asks for one, and what leaves a ledger holds nothing to keep from a reader

_COLOUR = "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0"
_PERMISSIONS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip
_ID = "ID INTEGER NOT NULL PRIMARY KEY"
_OF_STATEMENT = (
    f"{_ID}, StatementId INTEGER NOT NULL REFERENCES STATEMENTS(ID) ON DELETE CASCADE, "
    "VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE"
)
_ONCE = "UNIQUE (StatementId, VariableId)"

TABLES: dict[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL DEFAULT ''",
    "CODERS": f"{_ID}, Name TEXT NOT NULL UNIQUE, {_COLOUR}, Refresh INTEGER NOT NULL DEFAULT 0, FontSize INTEGER NOT NULL DEFAULT 14, "
    "Password TEXT NOT NULL, PopupWidth INTEGER DEFAULT 300, ColorByCoder INTEGER NOT NULL DEFAULT 0, "
    "PopupDecoration INTEGER NOT NULL DEFAULT 0, PopupAutoComplete INTEGER NOT NULL DEFAULT 1, "
    + ", ".join(f"Permission{what} INTEGER NOT NULL DEFAULT 1" for what in _PERMISSIONS),
    "CODERRELATIONS": f"{_ID}, Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, OtherCoder INTEGER REFERENCES CODERS(ID) "
    "ON DELETE CASCADE, viewStatements INTEGER NOT NULL DEFAULT 1, editStatements INTEGER NOT NULL DEFAULT 1, "
    "viewDocuments INTEGER NOT NULL DEFAULT 1, editDocuments INTEGER NOT NULL DEFAULT 1",
    "DOCUMENTS": f"{_ID}, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER REFERENCES CODERS(ID) ON DELETE CASCADE, "
    "Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '', "
    "Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL",
    "STATEMENTTYPES": f"{_ID}, Label TEXT NOT NULL UNIQUE, {_COLOUR}",
    "VARIABLES": f"{_ID}, Variable TEXT NOT NULL, DataType TEXT NOT NULL DEFAULT 'short text', "
    "StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": f"{_ID}, SourceVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE, "
    "TargetVariableId INTEGER REFERENCES VARIABLES(ID) ON DELETE CASCADE",
    "REGEXES": f"Label TEXT PRIMARY KEY, {_COLOUR}",
    "STATEMENTS": f"{_ID}, StatementTypeId INTEGER REFERENCES STATEMENTTYPES(ID) ON DELETE CASCADE, DocumentId INTEGER REFERENCES "
    "DOCUMENTS(ID) ON DELETE CASCADE, Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER REFERENCES CODERS(ID) "
    "ON DELETE CASCADE, CHECK (0 <= Start AND Start < Stop)",
    "ENTITIES": f"{_ID}, VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, Value TEXT NOT NULL DEFAULT '' "
    f"CHECK (length(Value) <= {LONGEST}), Red INTEGER DEFAULT 0, Green INTEGER DEFAULT 0, Blue INTEGER DEFAULT 0, "
    "ChildOf INTEGER REFERENCES ENTITIES(ID) ON DELETE CASCADE, UNIQUE (VariableId, Value)",
    "ATTRIBUTEVARIABLES": f"{_ID}, VariableId INTEGER NOT NULL REFERENCES VARIABLES(ID) ON DELETE CASCADE, "
    "AttributeVariable TEXT NOT NULL, UNIQUE (VariableId, AttributeVariable)",
    "ATTRIBUTEVALUES": f"{_ID}, EntityId INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE, AttributeVariableId INTEGER "
    "NOT NULL REFERENCES ATTRIBUTEVARIABLES(ID) ON DELETE CASCADE, AttributeValue TEXT NOT NULL DEFAULT '', "
    "UNIQUE (EntityId, AttributeVariableId)",
    "DATASHORTTEXT": f"{_OF_STATEMENT}, Entity INTEGER NOT NULL REFERENCES ENTITIES(ID) ON DELETE CASCADE, {_ONCE}",
    "DATALONGTEXT": f"{_OF_STATEMENT}, Value TEXT DEFAULT '', {_ONCE}",
    "DATABOOLEAN": f"{_OF_STATEMENT}, Value INTEGER NOT NULL DEFAULT 1, {_ONCE}",
    "DATAINTEGER": f"{_OF_STATEMENT}, Value INTEGER NOT NULL DEFAULT 0, {_ONCE}",
}


def make_tables(file: sqlite3.Connection) -> None:
    """Make DNA's tables in a new file, with its settings and its one coder, whose password is `PASSWORD`."""
    for name, columns in TABLES.items():
        file.execute(f"CREATE TABLE {name} ({columns})")
    file.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (VERSION,))
    file.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Password) VALUES (?, 'Admin', 255, 255, ?)",
        (ADMIN, password_hash(PASSWORD)),
    )


def utf16(text: str, place: int) -> int:
    """A place in a text as Java counts: in units of UTF-16, two for a character outside the first plane."""
    return len(text[:place].encode("utf-16-le")) // 2


def password_hash(password: str, salt: bytes = b"detente: no salt") -> str:
    """A password as DNA checks it, by Jasypt's StrongPasswordEncryptor: SHA-256 of salt and password, 100,000 times.

    Args:
        salt: 16 bytes; always the same here, for the password is no secret and the same records are to make the same file.
    """
    digest = salt + password.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return b64encode(salt + digest).decode("ascii")


def code_point(text: str, place: int) -> int:
    """A place that Java counts, in code points: `utf16` turned round.

    Raises:
        RecordError: no whole number, outside of the text, or inside a character.
    """
    units = text.encode("utf-16-le")
    if not isinstance(place, int) or not 0 <= place <= len(units) // 2:
        raise RecordError(f"got the place {place!r}, expected one from 0 to {len(units) // 2}")
    try:
        return len(units[: 2 * place].decode("utf-16-le"))
    except UnicodeDecodeError as error:
        raise RecordError(
            f"got the place {place}, which is inside a character, expected one between characters"
        ) from error
