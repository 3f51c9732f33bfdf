"""Who may do what: roles by e-mail, enforced where the act happens, and no stranger without login."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.opening import ROOT, html, opened
from tests.ui.stored import DAY, UNIT, button, decide_ties, fill, ledger, page, write
from ui.session.access import is_this_machine, read_role
from ui.session.acts import Role

ROLES = {"lingdao@km.gov.cn": "领导", "Shenhe@km.gov.cn": "审核", "guanli@km.gov.cn": "管理", "x@km.gov.cn": "主管"}
SECRETS = {
    "auth": {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "c" * 32, "client_id": "i",
             "client_secret": "s", "server_metadata_url": "http://localhost:1/openid"},
    "access": {"roles": ROLES},
}  # fmt: skip
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what must be refused
WRITES = {
    "save", "rule", "rule_all", "withdraw_upload", "restore_upload", "withdraw_ruling", "withdraw_rulings", "set_policy", "record_rules", "set_setting",
    "publish", "file_objection", "answer_objection", "send", "take_in", "send_back", "reply_to_answer",
    "keep_original", "note_minute",
}  # fmt: skip


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def signed_in(app: AppTest, email: str, **claims: Any) -> AppTest:
    app.secrets = {name: dict(section) for name, section in SECRETS.items()}
    app.user = {"is_logged_in": bool(email), "email": email, "name": "王主任", **claims}
    return app


def opened_by(email: str, url: str, claims: Mapping[str, object] = MappingProxyType({}), **query: str) -> AppTest:
    """Open a page as somebody who has logged in."""
    return opened(url, partial(signed_in, email=email, **claims), as_of=DAY.isoformat(), **query)


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("lingdao@km.gov.cn", Role.READER), (" SHENHE@km.gov.cn ", Role.REVIEWER), ("guanli@km.gov.cn", Role.MANAGER),
        ("x@km.gov.cn", Role.NOBODY), ("guanli@km.gov.cn.evil.cn", Role.NOBODY), ("", Role.NOBODY), ("未登录", Role.NOBODY),
    ],
)  # fmt: skip
def test_a_role_comes_from_the_configured_email_only(email: str, role: Role) -> None:
    assert read_role(ROLES, email) is role


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("localhost", True), ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), (None, False),
        (EVERYWHERE, False), ("::", False), ("192.168.1.5", False), ("kaoping.km.gov.cn", False), ("localhost.evil.cn", False),
    ],
)  # fmt: skip
def test_only_this_machine_is_this_machine(address: str | None, local: bool) -> None:
    assert is_this_machine(address) is local


@pytest.mark.parametrize("email", ["", "fremd@example.cn", "x@km.gov.cn"])
def test_nothing_is_shown_to_who_has_no_role(held: Store, email: str) -> None:
    app = opened_by(email, "ranking")
    assert UNIT not in html(app)
    assert [found.label for found in app.button] == ["退出登录" if email else "登录"]


@pytest.mark.parametrize("word", [False, "false", "False"])
def test_an_email_that_the_provider_has_not_verified_is_none(held: Store, word: object) -> None:
    app = opened_by("guanli@km.gov.cn", "ranking", {"email_verified": word})
    assert UNIT not in html(app)
    assert "没有经过认证方核实" in app.error[0].value


def ruling_form(email: str) -> AppTest:
    """Open a ruling's form as somebody, filled in."""
    app = opened("review", as_of=DAY.isoformat(), unit=UNIT, clause="12A")
    signed_in(app, email).run()
    return write(app, "另写理由", "附页已核对")


def test_a_reader_sees_and_cannot_rule(held: Store) -> None:
    app = ruling_form("lingdao@km.gov.cn")
    assert button(app, "认可").disabled
    assert "这一步需要“审核”身份" in html(app)


def test_a_reader_who_presses_all_the_same_is_refused(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold that hiding is not what protects: with every button shown the act itself refuses."""
    monkeypatch.setattr("ui.session.access.may", lambda _act: True)
    app = ruling_form("lingdao@km.gov.cn")
    button(app, "认可").click().run()
    assert "您的身份是“领导”" in app.error[0].value.replace("\\", "")
    assert held.rulings(2023) == ()


def test_a_reviewer_rules_under_the_name_of_the_login(held: Store) -> None:
    app = ruling_form("shenhe@km.gov.cn")
    assert not [field for field in app.text_input if field.label.startswith("经办人")]
    button(app, "认可").click().run()
    assert [one.reviewer for one in held.rulings(2023)] == ["王主任（shenhe@km.gov.cn）"]
    assert held.history()[-1].actor == "王主任（shenhe@km.gov.cn）"


def test_a_reviewer_cannot_publish_nor_change_the_policy(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.session.access.may", lambda _act: True)
    app = opened_by("shenhe@km.gov.cn", "publication", part="policy", late="strict")
    write(app, "理由", "会议")
    button(app, "改为正式口径").click().run()
    assert "需要“管理”" in app.error[0].value.replace("\\", "")
    assert held.policy(2023).late == "by_wording"
    app = opened_by("shenhe@km.gov.cn", "publication")
    write(app, "依据", "会议")
    button(app, "记下决定").click().run()
    assert "需要“管理”" in app.error[0].value.replace("\\", "")
    assert held.tie_decisions(2023) == ()
    decide_ties(opened_by("guanli@km.gov.cn", "publication"))
    app = opened_by("shenhe@km.gov.cn", "publication")
    write(write(app, "同一条理由", "会议"), "定稿说明", "会议").run()
    next(found for found in app.button if found.label.startswith("定稿（")).click().run()
    assert "需要“管理”" in app.error[0].value.replace("\\", "")
    assert held.publications(2023) == ()


def test_uploading_asks_for_the_role_too(held: Store, tmp_path: Path) -> None:
    app = opened_by("lingdao@km.gov.cn", "upload")
    content = ledger(tmp_path / "c.xlsx", unit="官渡区").read_bytes()
    app.file_uploader[0].set_value([("c.xlsx", content, "application/octet-stream")]).run()
    count = len(held.uploads())
    button(app, "入库").click().run()
    assert len(held.uploads()) == count
    assert "您的身份是“领导”" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]), ids=lambda p: p.name
)
def test_only_the_acts_write(path: Path) -> None:
    """Hold that no page and no other module calls what changes the store; data_folders fills and opens the databases."""
    if path.name in ("commands.py", "data_folders.py"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    written = {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and call.attr in WRITES and ast.unparse(call.value) != "commands"
    }
    assert not written, f"{path.name} writes past the commands"


def test_every_act_demands_a_role_first() -> None:
    tree = ast.parse((ROOT / "ui" / "forms" / "commands.py").read_text(encoding="utf-8"))
    writing = [
        found for found in tree.body if isinstance(found, ast.FunctionDef)
        and any(isinstance(n, ast.Attribute) and n.attr in WRITES - {"set_setting"} and ast.unparse(n.value) in ("held", "store") for n in ast.walk(found))
    ]  # fmt: skip
    assert len(writing) == 15
    for found in writing:
        assert "_begin(Act." in ast.unparse(found), found.name


def serve(folder: Path, secrets: str | None, *options: str) -> subprocess.CompletedProcess[str]:
    """Start the app on all addresses; it must end by itself within the time."""
    path = folder / "secrets.toml"
    if secrets is not None:
        path.write_text(secrets, encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port", "0",
               "--secrets.files", str(path), *options]  # fmt: skip
    environment = {**os.environ, "KUNMING_ASSESSMENT_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("secrets", [None, "[access]\n", "[access\n"])
def test_the_server_refuses_an_address_for_others_without_login(tmp_path: Path, secrets: str | None) -> None:
    ended = serve(tmp_path, secrets, "--server.address", EVERYWHERE)
    assert ended.returncode == 2
    assert "没有启动" in ended.stderr
    assert not list(tmp_path.glob("*.duckdb")), "nothing was opened"


def test_the_server_refuses_a_login_that_nobody_can_use(tmp_path: Path) -> None:
    ended = serve(tmp_path, '[auth]\nclient_id = "i"\n', "--server.address", "localhost")
    assert ended.returncode == 2
    assert "缺少 redirect_uri、cookie_secret、client_secret、server_metadata_url" in ended.stderr


def test_opened_by_configuration_every_page_warns(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.shell.frame.server_address", lambda: EVERYWHERE)
    app = page("ranking")
    assert "没有启动" in app.error[0].value
    assert UNIT not in html(app), "refused at every visit too"
    for url in ("ranking", "unit", "upload", "review", "history", "publication"):
        app = page(url)
        app.secrets = {"access": {"open_without_login": True}}
        app.run()
        assert "没有设置登录" in app.warning[0].value, url
    app = page("meeting")  # its slides cover the page
    app.secrets = {"access": {"open_without_login": True}}
    assert "没有设置登录，却对其他电脑开放" in html(app.run()).split("k-deckfoot")[1]
