// Stands in the page itself, before anything is drawn: turns Streamlit's own English into Chinese in the same moment in
// which it appears, so that no eye ever sees it. It asks nothing of any other host.
(() => {
// Calendars speak the browser's language; the pages have one language only.
for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]])
  Object.defineProperty(Navigator.prototype, name, {get: () => value, configurable: true});
const WORDS = new Map(Object.entries({
  "Upload": "选择文件", "Browse files": "选择文件", "Drag and drop file here": "把文件拖到这里",
  "Drag and drop files here": "把文件拖到这里", "Choose an option": "请选择", "Choose options": "请选择",
  "Choose a date": "选择日期", "No results": "没有找到", "No options to select": "没有可选项", "Select all": "全选",
  "Page not found": "没有这个页面", "Connecting": "正在连接", "Connection error": "连接断开",
  "Please wait...": "请稍候…", "Running...": "正在计算…", "Running…": "正在计算…", "Loading...": "正在打开…",
  "Fullscreen": "全屏", "View fullscreen": "全屏", "Close fullscreen": "退出全屏", "Close": "关闭", "Clear": "清除",
  "Clear value": "清除", "Clear all": "全部清除", "Open": "打开", "Search": "搜索", "Download as CSV": "下载表格",
  "Show/hide columns": "显示列", "Press Enter to apply": "按回车确认", "Remove": "移除", "Show password text": "显示",
  "Download as a png": "下载图片", "Download plot as a PNG": "下载图片", "Zoom": "放大", "Pan": "平移",
  "Sort ascending": "升序", "Sort descending": "降序", "Autosize": "适合宽度", "Pin column": "固定此列",
  "Unpin column": "取消固定", "Hide column": "隐藏此列", "Format": "格式", "Statistics": "统计", "Copy to clipboard": "复制",
  "Skip to main content": "跳到正文", "Choose date": "选择日期", "Select date": "选择日期", "Previous": "上一个", "Next": "下一个",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，回车确定，Esc 关闭。",
  "Dismiss": "关闭", "Previous month": "上个月", "Next month": "下个月", "Remove file": "移除文件", "Delete": "删除",
  "Rerun": "重新运行", "Stop": "停止", "Add files": "添加文件", "Add file": "添加文件", "Upload more": "添加文件",
  "Error:": "不能上传：", "file upload": "选择文件", "add icon": "添加",
}));
const PATTERNS = [
  [/^Limit ([\d.]+)\s*([KMG]B) per file.*$/, (m) => `一次不超过 ${m[1]} ${m[2]}${m[1] > 30 ? "，单个工作簿不超过 30 MB" : ""}`],
  [/^([\d.]+)\s*([KMG]B) per file.*$/, (m) => `一次不超过 ${m[1]} ${m[2]}${m[1] > 30 ? "，单个工作簿不超过 30 MB" : ""}`],
  [/^Showing page (\d+) of (\d+)$/, (m) => `第 ${m[1]} 页，共 ${m[2]} 页`],
  [/^File must be ([\d.]+)\s*([KMG]B) or smaller\.$/, (m) => `文件不能超过 ${m[1]} ${m[2]}`],
  [/^(year|month|day), (.+)$/, (m) => `${m[2]}的${{year: "年", month: "月", day: "日"}[m[1]]}`],
  [/^(\d+) – [A-Z][a-z]+$/, (m) => `${m[1]}月`],
  [/^Remove (.+)$/, (m) => `移除${m[1]}`],
  [/^The page that you have requested does not seem to exist.*$/, () => "链接里的页面不存在，已打开首页。"],
  [/^You have requested page .*$/, () => "链接里的页面不存在，已打开首页。"],
];
const LABELS = ["aria-label", "title", "placeholder", "alt", "aria-valuetext"];
const ICON = "[data-testid='stIconMaterial']"; // its text is the name of a picture, and is not to be spoken
const OURS = ".k-wrap,.k-proof,.k-sheet,.k-tiles,[data-testid='stMarkdownContainer'] code";

function inChinese(text) {
  const plain = text.trim();
  if (!plain || !/[A-Za-z]/.test(plain)) return null;
  if (WORDS.has(plain)) return text.replace(plain, WORDS.get(plain));
  for (const [pattern, say] of PATTERNS) {
    const found = plain.match(pattern);
    if (found) return say(found);
  }
  return null;
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    if (root.parentElement && root.parentElement.closest(OURS)) return;
    const said = inChinese(root.data);
    if (said !== null && said !== root.data) root.data = said;
    return;
  }
  if (root.nodeType !== Node.ELEMENT_NODE || root.matches(OURS)) return;
  if (root.matches(ICON)) root.setAttribute("aria-hidden", "true");
  for (const name of LABELS) {
    const said = root.hasAttribute(name) ? inChinese(root.getAttribute(name)) : null;
    if (said !== null) root.setAttribute(name, said);
  }
  for (const child of root.childNodes) translate(child);
}

document.documentElement.lang = "zh-CN";
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(translate);
    else translate(change.target);
  }
}).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: LABELS,
});
})();
