"""What stands around every page: notices, the line of settings, the foot. A page is a file and a line of ``navigation.PAGES``."""

from __future__ import annotations

from base64 import b64encode
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import htpy as h
import streamlit as st
from streamlit import config
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.pages_manager import PagesManager

from scoring.analysis.comparison import compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.board.wording import policy_line
from scoring.model.gc_pause import keep_all
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.rulebook.read import RulebookError
from scoring.store import StoreError
from ui.forms import signing, system_state
from ui.session import access, cache, navigation, shown, state
from ui.session.acts import Act, Role
from ui.session.desk import Desk
from ui.session.once import one_page
from ui.session.opening import open_desk, seen_rulebook
from ui.session.view import EXAMPLES, FIRST_DAY, LAST_DAY, View
from ui.shell import changes, top_bar
from ui.show import answers, event_log, marked_days, tables, theme
from ui.show.tables import html
from ui.show.text import PRODUCT, day_name, md_escape, moment_name

ASSETS = Path(__file__).resolve().parents[1] / "assets"
ICON = f"data:image/png;base64,{b64encode((ASSETS / 'icon.png').read_bytes()).decode()}"
BEGIN = (
    "export default (component) => window.kFrame(component);"  # ui/assets/script.js, which stands in the page itself
)
SIMULATED = "simulated"
FOOTED = "footed"  # a part of the page that is drawn by itself has drawn the foot
TOLD = "told"  # the page says what others did


def run() -> None:
    """Draw the frame, and the page that the URL names in it."""
    with one_page():
        _draw()


def _draw() -> None:
    _leave_old_pages()
    pages = navigation.all_pages()
    page = st.navigation(list(pages.values()), position="hidden")
    here = page.url_path or navigation.PAGES[0].url
    st.set_page_config(
        f"{page.title} · {PRODUCT}",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    hidden = st.container(key="hidden")
    hidden.html(theme.style_sheet(colours()))
    state.carry(here)
    if not access.gate(server_address()):
        return
    _follow(pages, hidden)
    entry = _entry(pages, here)
    try:
        view, desk = _open()
    except (RulebookError, StoreError) as error:
        st.error(md_escape(error) if isinstance(error, StoreError) else _mistakes(error))
        return
    if first := _first_page(here):
        st.switch_page(pages[first[0]], query_params=first[1])
    top_bar.draw(here, view)
    _notices(view, desk)
    unsaved = st.container(key="unsaved")
    state.begin_writing()
    if not navigation.is_open(entry):
        st.html(tables.empty(f"“{entry.title}”不对报送单位开放。", "本单位的得分、时限、报送和申诉，在上面各页。"))
    elif entry.acts and view.known_at:
        st.html(tables.empty(f"“{entry.title}”只能按现在的情况办理。", "点“回到现在”后再办。"))
    elif entry.rests_on_ledgers and view.known_at and not desk.facts.ledgers:
        st.html(tables.empty("那时还没有收到台账。", "点“回到现在”看现在的情况。"))
    elif entry.rests_on_ledgers and not desk.facts.ledgers:
        _first_steps(view, entry)
    else:
        page.run()
    simulated = entry.simulated or bool(state.collect(SIMULATED))
    with unsaved:
        signing.show_unsaved()
    if not state.collect(FOOTED):
        foot(simulated=simulated)
    state.keep_seen(desk.store.address, desk.newest)
    keep_all()  # of start-up: it halves the time of a rerun


@st.fragment
def _news(desk: Desk) -> None:
    """Say in one line what others have done since the page was drawn. The page itself stays as it is until asked.

    The browser asks ``ui.shell.changes`` every few seconds (script.js), and presses the hidden button where there is news.
    """
    asked = changes.asked_of(desk.store.mark(), examples=desk.examples)  # before the look: nothing falls between
    with st.container(key="news_look"):
        st.html(html(h.span("#k-mark", data_mark=asked, hidden=True)))
        st.button("看有没有变动", key="news_now")
    if since := desk.overlooked():
        state.leave(TOLD, value=True)
        with st.container(key="news", horizontal=True, vertical_alignment="center"):
            st.info(md_escape(event_log.news(since, desk.rulebook)))
            if st.button("刷新", key="news_refresh", on_click=state.look_anew):
                st.rerun(scope="app")


FIRST_PAGES = {Role.REVIEWER: ("review", {}), Role.MANAGER: ("history", {"part": "state"})}  # leaders: the ranking


def _first_page(here: str) -> tuple[str, dict[str, str]] | None:
    """Return the page that waits for who has just logged in and asked for none; None: the page that is asked for."""
    person = access.person()
    if not state.is_first_run() or person.is_local or here != navigation.PAGES[0].url or state.asked():
        return None
    return FIRST_PAGES.get(person.role)


def _entry(pages: dict[str, st.Page], here: str) -> navigation.Entry:
    """Return the page in view; who may not open the first one begins with their own."""
    entry = next(entry for entry in navigation.PAGES if entry.url == here)
    if entry is navigation.PAGES[0] and not navigation.is_open(entry):
        st.switch_page(pages[navigation.home().url], query_params=state.asked())
    return entry


def _open() -> tuple[View, Desk]:
    """Read what the URL asks for and open its desk.

    Raises:
        RulebookError: the rules cannot be used.
        StoreError: the database cannot be opened.
    """
    examples, moment = state.is_examples(), state.known_at()
    year = cache.year(state.asked_year(), examples=examples)
    rulebook = cache.rulebook(year, moment, examples=examples)
    last = state.current_desk()
    is_open = not examples or (isinstance(last, Desk) and last.examples)
    with nullcontext() if is_open else st.spinner("正在准备示例数据，第一次需要十几秒……"):
        official = cache.store(examples=examples).policy(year, moment)
    rulebook = seen_rulebook(rulebook, examples=examples)
    view = state.start(rulebook, official)
    desk = open_desk(view, rulebook)
    state.keep_desk(desk)
    return view, desk


def opened_again() -> bool:
    """Open what is looked at anew, for a part of the page; False: the whole page has to say what is wrong."""
    try:
        _open()
    except (RulebookError, StoreError):
        return False
    return True


def _leave_old_pages() -> None:
    """Run as one app from the very first visit after the server's start.

    A folder called ``pages`` makes Streamlit take a first visit for one of an older kind of app, and a link to a page
    inside is then answered with 'not found'.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def colours() -> theme.Palette:
    """Return the colours of the viewer's theme."""
    return theme.palette(dark=st.context.theme.type == "dark")


def mark_simulated() -> None:
    """Say in this run's foot that what is shown is no official board."""
    state.leave(SIMULATED, value=True)


def simulated(says: str, note: str) -> None:
    """Draw the sentence of an answer that is no official board, and the band that says so."""
    mark_simulated()
    st.html(tables.stack(tables.heading(says), answers.band(note)))


def _follow(pages: dict[str, st.Page], hidden: DeltaGenerator) -> None:
    """Open the page whose link was clicked in one of our tables."""
    component = st.components.v2.component("frame", js=BEGIN, html=html(h.span), isolate_styles=False)
    with hidden:
        clicked = component(key="follow", on_go_change=lambda: None).get("go")
    if clicked:
        parts = urlsplit(str(clicked))
        url, query = parts.path.strip("./") or navigation.PAGES[0].url, dict(parse_qsl(parts.query))
        if url in pages and not state.obey(query):
            st.switch_page(pages[url], query_params=query)


def settings(found: View) -> None:
    """Draw the line of settings: the day, and the readings in force for this viewer. For use inside a row."""
    st.date_input("截至日期", format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=LAST_DAY,
                  **state.widget("as_of", found.as_of))  # fmt: skip
    rulebook = navigation.desk().rulebook
    days = marked_days.quick_days(rulebook)
    picked = found.as_of if found.as_of in days else None
    st.selectbox(
        "快选日期", list(days), index=None, format_func=days.__getitem__, placeholder="截止日、时限、年终",
        **state.widget("as_of", picked, second="_quick"),
    )  # fmt: skip
    label = f"口径：{len(found.chosen)} 项与正式不同" if found.chosen else "口径：正式"
    readings = st.popover(label, key="readings", on_change="rerun")
    if readings.open:
        with readings:
            _readings(found, rulebook)
    known = st.popover(f"掌握情况：{found.known_at:%Y-%m-%d}" if found.known_at else "掌握情况：现在", key="known",
                       on_change="rerun")  # fmt: skip
    if known.open:
        with known:
            st.caption("只算到这一天结束时已经收到的台账、已经作出的认定；口径和细则也按那时的。截至日期另选。")
            st.date_input("按哪一天掌握的情况", format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=state.today(),
                          **state.widget("known_at", found.known_at.date() if found.known_at else None))  # fmt: skip
    _standing(found)


def _readings(found: View, rulebook: Rulebook) -> None:
    """Draw a choice for every open sentence; drawn while its box is open only, for there are nine of them."""
    st.caption("只在您这里按另一种读法重算，不改变正式口径。")
    for rule in rulebook.policies:
        titles = {reading.name: reading.title for reading in rule.readings}
        now, official = found.policy.as_dict()[rule.name], found.official.as_dict()[rule.name]
        word = partial(_unless, official)
        st.selectbox(rule.title, list(titles), format_func=titles.__getitem__, **state.widget(rule.name, now, word))


def standing(found: View) -> tuple[str, Publication | None, str]:
    """Say whether a draft or a final board is looked at; with the day's final board, and what differs from it in words."""
    desk = navigation.desk()
    final = None if found.chosen else desk.final()
    if final is None:
        return "草稿", None, ""
    receipt, board = final
    since = compare(board, desk.board())
    if not since.moved:
        return f"定稿 {receipt.number}", receipt, ""
    return f"草稿：定稿 {receipt.number} 后有变化", receipt, effect_sentence(since, desk.rulebook)


def _standing(view: View) -> None:
    """Draw whether a draft or a final board is looked at, and what differs from the final one of the day."""
    if navigation.desk().whose:  # a unit sees its own lines only, and the final boards on a page of their own
        return
    words, receipt, differs = standing(view)
    if receipt is None:
        st.html(html(h.span(".k-badge.draft")[words]), width="content")
        return
    to = navigation.link("publication", part="finals", pick=receipt.number)
    if not differs:
        st.html(html(h.a(".k-badge.final", href=to)[words]), width="content")
        return
    with st.container(key="changed_since", width="content"), st.popover(words):
        st.caption(md_escape(differs))
        st.html(html(h.a(".k-mode", href=to)[f"看定稿 {receipt.number}"]))


def _first_steps(found: View, entry: navigation.Entry) -> None:
    """Say what to do while there is nothing to see yet."""
    st.html(tables.heading(f"还没有台账，“{entry.title}”无从算起"))
    st.html(
        tables.empty(
            "先到“台账上传”把各单位的工作簿放进来，看过问题和得分后再入库。",
            "想先看看样子，可以用一年的示例台账体验；示例与正式数据分开存放，互不影响。",
        )
    )
    pages = navigation.all_pages()
    with st.container(key="steps", horizontal=True, horizontal_alignment="center"):
        st.page_link(pages["upload"], label="去上传台账", query_params=state.shared_query(found))
        if not found.examples and access.may(Act.SET_RULES):
            to_rules = state.shared_query(found) | {"part": "rules"}
            st.page_link(pages["publication"], label="开始新的年度", query_params=to_rules)
        if not found.examples:
            st.page_link(pages[navigation.PAGES[0].url], label="用示例数据体验", query_params={"data": EXAMPLES})


def _unless(official: str, picked: object) -> str | None:
    return None if picked == official else str(picked)


def server_address() -> str | None:
    """Return the address that the server listens on; None is every one."""
    address = config.get_option("server.address")
    return str(address) if address else None


def _notices(found: View, desk: Desk) -> None:
    """Say what stands over every page: what others do, what in the URL was ignored, the past, what the office must do."""
    state.collect(TOLD)
    if not found.known_at and not desk.whose:
        _news(desk)
    for notice in found.notices:
        st.warning(md_escape(notice))
    office = access.may(Act.READ_ALL)
    if office and not found.examples and (unsaved := system_state.warning()):
        st.warning(md_escape(unsaved))
    if found.known_at:
        _known_then(found)
    elif office and desk.pending_rules() is not None:
        to = navigation.link("publication", part="rules")
        st.warning("细则文件已经修改，还没有生效：得分仍按现行细则计算。")
        st.html(html(h.a(".k-mode", href=to)["看修改会影响谁，再决定是否生效"]))


def _known_then(found: View) -> None:
    """Say that the past is looked at, and lead back."""
    if found.known_at is None:
        return
    here = state.current_page()
    with st.container(key="known_then", horizontal=True, vertical_alignment="center"):
        st.info(md_escape(
            f"这里显示的是{moment_name(found.known_at)}当时掌握的情况：之后收到的台账、作出的认定和口径、细则的改动都不计入。"
        ))  # fmt: skip
        st.html(html(h.a(".k-mode", href=navigation.link(here, known_at=None))["回到现在"]), width="content")


def foot(*, simulated: bool = False) -> None:
    """Say quietly what all of this rests on."""
    view, desk = navigation.view(), navigation.desk()
    name = quote(state.own_name(), safe="") if access.person().is_local else ""
    shown.html("foot", lambda: _rests_on(view, desk, name, simulated=simulated), name, simulated)


def _rests_on(found: View, desk: Desk, name: str, *, simulated: bool) -> tables.Html:
    """Return the foot, and the local user's name for the browser to keep."""
    parts = [
        f"{found.year}年度",
        f"截至{day_name(found.as_of)}",
        *([f"按{moment_name(found.known_at)}掌握的情况"] if found.known_at else []),
        f"口径：{policy_line(desk.board(), desk.rulebook)}",
        f"数据版本 {desk.facts_hash[:8]}",
        f"细则版本 {desk.rulebook.rules_hash[:8]}",
    ]
    if found.examples:
        parts.insert(0, "示例数据，不是真实考评结果")
    mark = h.span(".sim")["模拟，不是正式得分"] if simulated else None
    keep = h.span("#k-own-name", data_name=name, hidden=True)
    return html(h.div(".k-foot")[mark, (h.span[part] for part in parts), keep])


def _mistakes(error: RulebookError) -> str:
    lines = "\n".join(f"- {md_escape(mistake)}" for mistake in error.mistakes)
    return f"细则文件有错，改好之前不能考评：\n\n{lines}"
