/** Words of headers that all ledgers share, so that a ledger states only what is its own. Browser-safe. */
import type { FieldKind } from '../../../kernel/spreadsheet/target.ts'
import { wordsIn } from './shape.ts'

/** Of the columns that every ledger has. */
const COMMON: Record<string, string> = {
  title: '名称 主题 活动名称 活动主题 标题 内容摘要 题目',
  day: '日期 时间 开展时间 开展日期 活动时间 活动日期 举办时间 登记时间 统计时间 完成时间',
  dayTo: '结束时间 截止日期 活动结束时间 止 结束日 终止时间 终止日期 结业日期 结业时间 闭班时间 至',
  personTimes: '参加人次 参与人次 参加人数 参与人数 参加总人数 人次 人数 听课人数',
  org: `
    所在团组织 开展单位 主办单位 组织单位 单位 团支部 支部 支部名称 组织名称 承办单位 所属村
    村（社区） 承办支部 主办支部 开展支部 所在支部 所属支部 团支部名称 团组织名称 实施单位 班级
    村别 村居 所属村居 村（居）名称 村团支部 主管单位 举办单位 管理单位
  `,
  hosts: '联办单位 协办单位 共同主办 联合开展单位',
}

/** Of columns that several ledgers have, by what they call them. */
const TITLED: Record<string, string> = {
  形式: '类别 类型',
  备注: '说明 附注',
  周期: '频次',
  应到人数: '应到 应到会人数',
  地点: '授课地点 地址 活动地点 举办地点',
  记录人: '记录',
  学时: '课时',
  会议内容: '内容 主要内容 会议纪要',
  到会人员: '参会人员 出席人员',
  主讲人员: '主讲人 主讲 授课人 讲课人 宣讲人 宣讲员 讲师',
  届次: '第几届 届数',
  级别: '荣誉级别 命名级别 创建级别 等级',
  类别: '类型',
  来源: '来源渠道',
  用途: '资金用途',
  面积: '建筑面积 使用面积',
  投入资金: '金额',
  进展: '状态',
  平台: '渠道',
  所属专项: '专项行动',
  内容类别: '内容分类',
  所属活动: '所属专项 专项活动 系列活动',
  场次: '课次',
  节点: '节日 纪念日 重要节点',
  党政领导到场: '领导到场 领导参加',
  团干部参加: '团干参加 团干部是否参加',
  活动内容: '内容 活动简介',
  参加人员: '参与人员 人员名单',
  发放份数: '发放数量',
  类型: '类别',
  负责人: '负责人姓名',
  创建状态: '状态 创建情况 复核结果 命名情况',
  命名单位: '授予单位 认定单位 发文单位',
  地址: '地点',
  停用日期: '停用时间',
  岗位数: '岗位数量 岗位个数',
  所属计划: '计划名称 专项行动 所属活动 公益项目 所属项目',
  捐赠图书: '图书册数 捐书册数',
  联系电话: '电话 手机号 手机 手机号码 联系方式',
}

/** Of choices, by what they are called. */
const CHOSEN: Record<string, string> = { 其他: '其它' }

export const chosenAs = (title: string): string[] => wordsIn(CHOSEN[title])

/** Endings that say the same of what a column holds: who heads it 获奖日期 means 获奖时间, too. */
const ALIKE: Partial<Record<FieldKind, string[]>> = {
  date: ['日期 时间'],
  month: ['月份 日期 时间'],
  text: ['单位 部门 机构 机关', '主题 题目 名称', '类别 类型 种类'],
  choice: ['类别 类型 种类', '级别 等级 层级'],
  people: ['人员 人 名单 姓名 人姓名'],
  name: ['人员 人 姓名 人姓名'],
  org: ['单位 部门 机构'],
  integer: ['数量 数 个数 总数'],
  number: ['小时数 时长'],
  money: ['金额 总额'],
}

const groups = new Map(
  Object.entries(ALIKE).map(([kind, texts]) => [
    kind,
    texts.map((text) => wordsIn(text).sort((a, b) => b.length - a.length)),
  ]),
)

function alikeTo(word: string, kind: FieldKind): string[] {
  return (groups.get(kind) ?? []).flatMap((endings) => {
    const found = endings.find((ending) => word.endsWith(ending) && word !== ending)
    if (!found) return []
    const stem = word.slice(0, -found.length)
    return endings.filter((ending) => ending !== found).map((ending) => stem + ending)
  })
}

interface Column {
  id: string
  title: string
  kind: FieldKind
  synonyms: string[]
}

/**
 * The columns with the words that they share with other ledgers behind their own. A column's own words come before
 * what is usual for such columns, and that before what is alike; of the same rank, a word that might mean two columns
 * means neither.
 */
export function withShared<C extends Column>(columns: readonly C[]): C[] {
  const usual = adding(columns, ({ id, title }) => [...wordsIn(COMMON[id]), ...wordsIn(TITLED[title])])
  return adding(usual, ({ title, kind }, at) =>
    [title, ...(columns[at]?.synonyms ?? [])].flatMap((word) => alikeTo(word, kind)),
  )
}

function adding<C extends Column>(columns: readonly C[], wordsOf: (column: C, at: number) => string[]): C[] {
  const taken = new Set(columns.flatMap((c) => [c.title, ...c.synonyms]))
  const found = columns.map((c, at) => [...new Set(wordsOf(c, at))].filter((word) => !taken.has(word)))
  const claims = new Map<string, number>()
  for (const word of found.flat()) claims.set(word, (claims.get(word) ?? 0) + 1)
  return columns.map((column, at) => ({
    ...column,
    synonyms: [...column.synonyms, ...(found[at] ?? []).filter((word) => claims.get(word) === 1)],
  }))
}
