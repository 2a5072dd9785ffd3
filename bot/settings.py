"""Settings: one frozen object from the environment and .env; the only place that reads either."""

import os
import re
import tempfile
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from tzlocal import get_localzone_name


class BadSettings(Exception):
    """A setting that cannot be used; the message is one clear line."""


def _named(name: str) -> AliasChoices:
    return AliasChoices(name.lower(), name)


class Settings(BaseSettings):
    """Everything that can be set; `.env.example` lists each with its meaning."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = Field("sqlite:///tenday.db", repr=False, validation_alias=_named("DATABASE_URL"))
    host: str = Field("127.0.0.1", validation_alias=_named("HOST"))
    port: int = Field(3000, ge=0, le=65535, validation_alias=_named("PORT"))
    public_url: str = Field("", validation_alias=_named("PUBLIC_URL"))
    secret_key: str = Field("", repr=False, validation_alias=_named("TENDAY_SECRET_KEY"))
    locale: Literal["en", "zh"] = Field("en", validation_alias=_named("TENDAY_LOCALE"))
    timezone: str = Field("", validation_alias=_named("TENDAY_TIMEZONE"))
    country: str = Field("", validation_alias=_named("TENDAY_COUNTRY"))
    rate_limit: str = Field("60/minute", validation_alias=_named("TENDAY_RATE_LIMIT"))
    most_objectives: int = Field(5, ge=1, le=50, validation_alias=_named("TENDAY_MOST_OBJECTIVES"))
    most_key_results: int = Field(5, ge=1, le=50, validation_alias=_named("TENDAY_MOST_KEY_RESULTS"))
    metrics_token: str = Field("", repr=False, validation_alias=_named("TENDAY_METRICS_TOKEN"))
    slack_signing_secret: str = Field("", repr=False, validation_alias=_named("TENDAY_SLACK_SIGNING_SECRET"))
    slack_bot_token: str = Field("", repr=False, validation_alias=_named("TENDAY_SLACK_BOT_TOKEN"))
    slack_app_token: str = Field("", repr=False, validation_alias=_named("TENDAY_SLACK_APP_TOKEN"))
    slack_client_id: str = Field("", validation_alias=_named("TENDAY_SLACK_CLIENT_ID"))
    slack_client_secret: str = Field("", repr=False, validation_alias=_named("TENDAY_SLACK_CLIENT_SECRET"))
    slack_api_url: str = Field("https://slack.com/api/", validation_alias=_named("TENDAY_SLACK_API_URL"))
    feishu_app_id: str = Field("", validation_alias=_named("TENDAY_FEISHU_APP_ID"))
    feishu_app_secret: str = Field("", repr=False, validation_alias=_named("TENDAY_FEISHU_APP_SECRET"))
    feishu_verification_token: str = Field("", repr=False, validation_alias=_named("TENDAY_FEISHU_VERIFICATION_TOKEN"))
    feishu_encrypt_key: str = Field("", repr=False, validation_alias=_named("TENDAY_FEISHU_ENCRYPT_KEY"))
    feishu_connection: Literal["webhook", "websocket"] = Field("webhook", validation_alias=_named("TENDAY_FEISHU_CONNECTION"))
    feishu_domain: str = Field("https://open.feishu.cn", validation_alias=_named("TENDAY_FEISHU_DOMAIN"))

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        name = name or get_localzone_name() or "UTC"
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError) as problem:
            raise ValueError(f"{name!r} is no time zone; write it like Asia/Shanghai") from problem
        return name

    @field_validator("rate_limit")
    @classmethod
    def _a_rate(cls, rate: str) -> str:
        if not re.fullmatch(r"0|\d+/(second|minute|hour|day)", rate):
            raise ValueError("write it like 60/minute, or 0 to switch it off")
        return rate

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("it begins with sqlite:/// or postgresql+psycopg://")
        return url

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.slack_client_id or self.slack_client_secret:
            raise ValueError("OAuth (TENDAY_SLACK_CLIENT_ID) is not built yet: give TENDAY_SLACK_BOT_TOKEN of one workspace")
        if self.slack_app_token and not self.slack_app_token.startswith("xapp-"):
            raise ValueError("TENDAY_SLACK_APP_TOKEN begins with xapp-: it is under Basic Information, App-Level Tokens")
        if self.slack_app_token and not self.slack_bot_token:
            raise ValueError("TENDAY_SLACK_APP_TOKEN (Socket Mode) needs TENDAY_SLACK_BOT_TOKEN beside it")
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            raise ValueError(
                "TENDAY_SLACK_BOT_TOKEN needs TENDAY_SLACK_SIGNING_SECRET (HTTP) or TENDAY_SLACK_APP_TOKEN (Socket Mode) beside it"
            )
        if self.slack_signing_secret and not self.slack_bot_token:
            raise ValueError("TENDAY_SLACK_SIGNING_SECRET needs TENDAY_SLACK_BOT_TOKEN beside it")
        if bool(self.feishu_app_id) != bool(self.feishu_app_secret):
            raise ValueError("TENDAY_FEISHU_APP_ID and TENDAY_FEISHU_APP_SECRET need each other")
        if self.feishu_socket and not self.feishu:
            raise ValueError("TENDAY_FEISHU_CONNECTION=websocket needs TENDAY_FEISHU_APP_ID and TENDAY_FEISHU_APP_SECRET")
        if bool(self.feishu_verification_token) != bool(self.feishu_encrypt_key):
            raise ValueError("TENDAY_FEISHU_VERIFICATION_TOKEN and TENDAY_FEISHU_ENCRYPT_KEY need each other")
        if self.feishu and not (self.feishu_socket or self.feishu_webhook):
            raise ValueError(
                "a Feishu webhook needs TENDAY_FEISHU_VERIFICATION_TOKEN and TENDAY_FEISHU_ENCRYPT_KEY;"
                " without a public address use TENDAY_FEISHU_CONNECTION=websocket"
            )
        if self.database_url.startswith("postgresql") and not self.secret_key:
            raise ValueError("TENDAY_SECRET_KEY is required with PostgreSQL")
        return self

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token)

    @property
    def slack_socket(self) -> bool:
        """Whether Slack is heard over Socket Mode."""
        return bool(self.slack_bot_token and self.slack_app_token)

    @property
    def slack_http(self) -> bool:
        """Whether /slack/events answers; beside Socket Mode too, when there is a signing secret."""
        return bool(self.slack_bot_token and self.slack_signing_secret)

    @property
    def feishu_socket(self) -> bool:
        """Whether Feishu is heard over its long connection."""
        return self.feishu_connection == "websocket"

    @property
    def feishu_webhook(self) -> bool:
        """Whether /feishu/events answers; beside the long connection too, when both keys are there."""
        return bool(self.feishu and self.feishu_verification_token and self.feishu_encrypt_key)

    @property
    def feishu(self) -> bool:
        """Whether Feishu or Lark is configured."""
        return bool(self.feishu_app_id and self.feishu_app_secret)

    @property
    def feishu_locale(self) -> str:
        """The language of a new Feishu workspace: 中文 on feishu.cn, unless TENDAY_LOCALE says otherwise."""
        return "zh" if "feishu.cn" in self.feishu_domain and "locale" not in self.model_fields_set else self.locale


def load(env_file: str | Path | None = ".env") -> Settings:
    """The settings as they are now; BadSettings with one clear line when one cannot be used."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = str(first["loc"][0]).upper() if first["loc"] else ""
        said = str(first["msg"]).removeprefix("Value error, ")
        raise BadSettings(f"{where}: {said}" if where else said) from None


def secret_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys, newest first: from TENDAY_SECRET_KEY, or made once and kept in a 0600 file beside the SQLite file."""
    if settings.secret_key:
        return tuple(key.strip().encode() for key in settings.secret_key.split(",") if key.strip())
    path = settings.database_url.removeprefix("sqlite:///").split("?")[0]
    return (_key_beside(Path(path)),) if path and path != ":memory:" else (os.urandom(32).hex().encode(),)


def _key_beside(database: Path) -> bytes:
    path = database.with_suffix(".key")
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=path.parent or ".", prefix=path.name)
        with os.fdopen(handle, "w") as file:
            file.write(os.urandom(32).hex())
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(temporary)
    return path.read_bytes().strip()
