"""Login against a real OIDC provider: strangers are refused before they are read, and one arrives where the link pointed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.oidc import Provider, provider, secrets_toml
from tests.browser.server import free_port, running_app

pytestmark = pytest.mark.browser
REVIEWER, LEADER, CLERK = "shenhe@example.gov.cn", "lingdao@example.gov.cn", "wuhua@example.gov.cn"


@dataclass(frozen=True)
class Door:
    address: str
    secrets: Path
    log: Path
    provider: Provider


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder, port = tmp_path_factory.mktemp("door"), free_port()
    path = folder / "secrets.toml"
    with provider() as server:
        path.write_text(
            secrets_toml(
                f"http://localhost:{port}",
                server,
                {REVIEWER: "审核", LEADER: "领导", CLERK: '{ role = "报送单位", units = ["五华区"] }'},
            ),
            "utf-8",
        )
        with running_app(folder, port=port, options=("--secrets.files", str(path))) as address:
            yield Door(address, path, folder / "app.log", server)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield opened
    opened.close()


def log_in(page: Page, address: str, email: str, verified: str = "yes") -> None:
    page.goto(address)
    page.get_by_role("button", name="登录").click()
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=verified]").fill(verified)
    page.get_by_role("button", name="OK").click()


def cookies(context: BrowserContext, door: Door) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies(door.address)}


def put(door: Door, session: str, size: int, jar: dict[str, str]) -> httpx.Response:
    files = {"file": ("a.xlsx", b"x" * size)}
    headers = {"X-Xsrftoken": jar.get("_streamlit_xsrf", "")}
    address = f"{door.address}/_stcore/upload_file/{session}/{uuid.uuid4()}"
    return httpx.put(address, files=files, cookies=jar, headers=headers, timeout=30)


def session_of(page: Page) -> list[str]:
    """Collect the session's name from the uploads that a page makes."""
    seen: list[str] = []
    page.on(
        "request",
        lambda r: seen.append(r.url.split("/upload_file/")[1].split("/")[0]) if "/upload_file/" in r.url else None,
    )
    return seen


def test_after_login_one_arrives_where_the_link_pointed(door: Door, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    log_in(page, f"{door.address}/rules?part=readings", LEADER)
    page.wait_for_url("**/rules?part=readings**")
    page.get_by_text("逾期完成").first.wait_for()
    stranger = httpx.get(f"{door.address}/unit?unit=a"), httpx.get(door.address)
    assert "wanted_page=%2Funit" in stranger[0].headers["set-cookie"]
    assert "set-cookie" not in stranger[1].headers, "what one visitor asked for is told to no other"


@pytest.mark.parametrize("wanted", ["//evil.example/x", "/\\evil.example", "https://evil.example/"])
def test_no_link_leads_elsewhere_after_login(door: Door, visitor: BrowserContext, wanted: str) -> None:
    visitor.add_cookies(
        [{"name": "wanted_page", "value": httpx.QueryParams({"a": wanted}).get("a") or "", "url": door.address}]
    )
    page = visitor.new_page()
    log_in(page, door.address, LEADER)
    page.get_by_text("还没有台账").first.wait_for()
    assert page.url.startswith(door.address)


def test_strangers_are_refused_before_they_are_read(door: Door, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(f"{door.address}/upload")
    page.get_by_role("button", name="登录").wait_for()
    jar = cookies(visitor, door)
    assert put(door, "any-session", 1_000, jar).status_code == 403
    for path in ("/_stcore/metrics", "/media/0123456789abcdef.xlsx"):
        assert httpx.get(door.address + path, cookies=jar).status_code == 403, path
    assert httpx.get(f"{door.address}/healthz").json() == {"status": "ok"}
    forged = {**jar, "_streamlit_user": jar.get("_streamlit_user", "forged")}
    assert put(door, "any-session", 1_000, forged).status_code == 403


def test_a_leader_may_not_upload_and_a_reviewer_holds_one_uploads_worth(door: Door, browser: Browser) -> None:
    held: dict[str, httpx.Response] = {}
    for email in (LEADER, REVIEWER):
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        log_in(page, f"{door.address}/upload", email)
        page.get_by_text("台账上传").first.wait_for()
        held[email] = put(door, "no-such-session", 1_000, cookies(context, door))
        context.close()
    assert held[LEADER].status_code == 403
    assert held[REVIEWER].status_code == 400, "let through to Streamlit, which knows no such session"


def test_an_address_that_nobody_verified_sees_nothing(door: Door, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    log_in(page, f"{door.address}/rules", REVIEWER, verified="no")
    page.get_by_text("没有经过认证方核实").wait_for()
    assert put(door, "any-session", 10, cookies(visitor, door)).status_code == 403


def test_a_role_taken_away_ends_at_the_next_click(door: Door, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    log_in(page, f"{door.address}/rules", LEADER)
    page.get_by_text("细则与口径").first.wait_for()
    before = door.secrets.read_text("utf-8")
    door.secrets.write_text(before.replace(f"\"{LEADER}\" = '领导'\n", ""), "utf-8")
    try:
        page.reload()
        page.get_by_text("还没有分配身份").wait_for()
    finally:
        door.secrets.write_text(before, "utf-8")


def test_a_unit_begins_on_its_own_page_and_reaches_no_page_of_the_office(door: Door, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    log_in(page, f"{door.address}/unit?unit=盘龙区", CLERK)
    page.get_by_text("还没有台账").first.wait_for()
    page.get_by_text(CLERK).first.click()
    page.get_by_text("身份：报送单位（五华区）").wait_for()
    page.goto(f"{door.address}/review")
    page.get_by_text("不对报送单位开放").wait_for()
    assert httpx.get(f"{door.address}/api/v1/board").status_code == 401


def test_headers_and_cookies_say_what_they_should(door: Door, visitor: BrowserContext) -> None:
    answer = httpx.get(door.address)
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    encrypted = httpx.get(f"{door.address}/unit?unit=a", headers={"x-forwarded-proto": "https"})
    given = [value for name, value in encrypted.headers.multi_items() if name == "set-cookie"]
    assert given
    assert all("Secure" in value and "SameSite" in value for value in given)
    page = visitor.new_page()
    log_in(page, door.address, LEADER)
    page.get_by_text("还没有台账").first.wait_for()
    (user,) = [cookie for cookie in visitor.cookies(door.address) if cookie["name"] == "_streamlit_user"]
    assert user["httpOnly"]
    assert user["sameSite"] == "Lax"


def test_the_log_is_lines_of_json_without_names_of_files(door: Door) -> None:
    httpx.get(f"{door.address}/unit?unit=机密")
    lines = [json.loads(line) for line in door.log.read_text("utf-8").splitlines() if line.startswith("{")]
    assert {"at", "event", "who", "what", "status", "milliseconds"} <= set(lines[-1])
    assert "机密" not in door.log.read_text("utf-8")
