-- Version 9: the views for other tools once more, with Chinese names.

-- one row per year, unit of the board that was written last for the year
CREATE VIEW 得分 AS
SELECT
    year AS 年度, as_of AS 截至, kind AS 类别, rank AS 名次, unit AS 单位, score AS 得分, raw AS 封顶前, base AS 基础分,
    responsibility AS 责任加分, case_points AS 案例分, incentive AS 激励加分, deductions AS 扣分, reported AS 已报送
FROM latest_scores;

-- one row per year, unit, clause (for an incentive task: per item) of the board that was written last for the year
CREATE VIEW 评分项 AS
SELECT
    year AS 年度, as_of AS 截至, unit AS 单位, task AS 任务, clause AS 评分项, item AS 事项, outcome AS 结论, points AS 分值,
    deadline AS 时限, quote AS 原文, reason AS 理由, workbook AS 工作簿, sheet AS 工作表, cell AS 单元格, ruling AS 认定号,
    reviewer AS 审核人
FROM latest_findings;

-- one row per unit, year, quarter, version
CREATE VIEW 台账 AS
SELECT
    unit AS 单位, year AS 年度, quarter AS 季度, version AS 版本, submitted AS 报送日期, dated AS 写明日期, file_name AS 文件名,
    received_at AS 收到时间, actor AS 入库人, withdrawn AS 已撤回
FROM ledger_versions;

-- one row per ruling
CREATE VIEW 认定 AS
SELECT
    ruling AS 认定号, year AS 年度, unit AS 单位, clause AS 评分项, item AS 事项, verdict AS 认定, points AS 认定分值,
    number_found AS 查实数量, reason AS 理由, reviewer AS 审核人, day AS 起算日, withdrawn AS 已撤回
FROM rulings;

-- one row per row of 企业全量名单, days as numbers
CREATE VIEW 报装 AS
SELECT
    unit AS 单位, year AS 年度, quarter AS 季度, version AS 版本, enterprise AS 企业, project_type AS 项目类型,
    accepted AS 受理日期, connected AS 通水日期, deducted_days AS 扣除工作日, stated_days AS 填报时长
FROM roster_rows;
