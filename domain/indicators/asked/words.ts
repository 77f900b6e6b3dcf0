/** The words of offices beside those that measures, ledgers and options bring themselves. */
import { wordsIn } from '../../records/words/shape.ts'

/** Words that ask, and change no figure. */
export const FILLERS = wordsIn(`
  请问 帮我 麻烦 我想知道 想知道 告诉我 给我 查一下 查查 查询 查 看看 看一下 看 统计 汇总 一下 算算 算一下 报一下 说说
  晓得 知道 现在 目前 当前 截止目前 到目前为止 到现在 至今 为止 一共 总共 合计 总计 累计 共有 共 总 有 是 了 过 的 吗 呢 啊
  吧 得 呀 嘛 哦 哈 嘞 来着 的话 多少 几 几多 好多 数量 总数 数目 数据 数 情况 里面 里 中 当中 其中 在 再 也 都 名下 下面 名单
  期间 什么 怎么样 咋样 如何 我们 咱们 俺们 你们 恁们 我 咱 俺 该 这个 那个 达到 所有 全部 全体 从 一个 一名 一次 一场 一条
`)

/** Single ones that are also parts of longer words: beside something unknown they belong to it. */
export const WEAK = new Set([...'中里在和与及共总有是了过得数搞做办再也都该从查看我咱俺谁几'])

/** Join two questions; where only one was heard, the other was not. */
export const JOINING = wordsIn('和 与 及 以及 还有 另外 各 分别 各自 同 跟')

/**
 * What is done, beside what it is done with: no figure of its own. The characters tell with which figures it goes, by
 * title, group and spoken words; `*`: with whatever takes place; none: with all.
 */
export const VERBS: Record<string, string> = {
  ...Object.fromEntries(
    wordsIn(`
      开展 举办 举行 组织开展 进行 搞 做 办 组织了 完成 参加 参与 开 开了 召开 发生 开过 办过 搞过 去 去了 收到
    `).map((word) => [word, '*']),
  ),
  登记: '',
  记录: '',
  收: '收筹募',
  收了: '收筹募',
  交: '缴交',
  交了: '缴交',
  缴: '缴交',
  缴了: '缴交',
  上了: '课讲学',
  讲了: '课讲',
  发了: '发放',
  发放了: '发放',
}

/** What is asked for, by the unit that the question names. `occasions`: however often, in the measure's own word. */
export const UNITS: Record<string, string[]> = {
  人次: ['人次'],
  人数: ['人'],
  人: ['人', '名'],
  名: ['人', '名'],
  位: ['人', '名'],
  个人: ['人', '名'],
  元: ['元'],
  块: ['元'],
  块钱: ['元'],
  钱: ['元'],
  金额: ['元'],
  小时: ['小时'],
  时长: ['小时'],
  多长时间: ['小时'],
  棵: ['棵', '株'],
  株: ['株', '棵'],
  岁: ['岁'],
  '%': ['%'],
  百分之几: ['%'],
  占比: ['%'],
  比例: ['%'],
  比率: ['%'],
  率: ['%'],
}

/** How often something took place, beside the words in which ledgers count their records. */
export const OCCASIONS = ['场次', '次数', '次', '期数', '回', '届', '件', '份']

/** Says nothing of the unit. */
export const ANY_UNIT = ['个', '家', '所', '支']

/** Other words for measures of the structure and of all ledgers together, by id; a ledger's own stand in its words. */
export const ASKED: Record<string, string[]> = {
  'members.count': ['团员数', '团员总数', '团员人数', '共青团员', '在册团员', '团员队伍'],
  'members.female': ['女性团员', '团员女'],
  'members.admitted': [
    '新发展团员',
    '新团员',
    '发展的团员',
    '发展了团员',
    '入团',
    '新入团',
    '新发展',
    '发展人数',
    '发展',
  ],
  'members.transferredIn': ['转入', '转进来', '转来', '转进', '接收团员'],
  'members.transferredOut': ['转出', '转走', '转出去'],
  'members.agedOut': ['超龄离团的', '离团'],
  'members.overAge': ['超龄的团员', '超龄'],
  'members.mobile': ['流动的团员', '外出团员'],
  'members.averageAge': ['团员年龄平均', '平均年龄'],
  'org.count': ['团的组织', '基层团组织', '组织数'],
  'org.branches': ['支部', '支部数', '基层团支部', '团的支部'],
  'org.subordinates': ['直属团组织', '直接下级', '下辖团组织', '下辖组织'],
  'org.below': ['下级组织', '下级'],
  'org.generalBranches': ['总支'],
  'org.opened': ['新建团组织', '新成立团组织', '新成立', '新建组织'],
  'org.openedBranches': ['新建团支部', '新建支部', '新成立支部'],
  'org.closed': ['撤销', '撤了', '撤销了', '撤掉', '撤掉了', '撤并', '撤并了', '撤销的', '撤掉的', '撤了的'],
  'org.withoutSecretary': wordsIn(`
    没有书记的 缺书记的团组织 没书记的团组织 没有书记的支部 没书记的支部 无书记的支部 无书记的团组织 没有书记的团支部
    缺书记的支部 书记空缺的支部 书记空缺的团组织 书记空缺
  `),
  'org.emptyBranches': ['没有团员的支部', '没团员的支部', '空壳支部', '空支部'],
  'org.termOverdue': wordsIn(
    '届满没换届 到期没换届 届满未换届 到期未换届 超期未换届 没按期换届 到期没换届的组织',
  ),
  'members.unverified': wordsIn('没核实身份的团员 身份没核实的团员 未核实身份的团员 身份未核实 没核实身份'),
  'officers.people': ['团干', '团的干部', '干部', '团干部人数'],
  'officers.secretaries': ['书记', '团书记', '支部书记', '团支部书记'],
  'officers.fullTime': ['专职团干', '专职干部'],
  'officers.averageAge': ['团干平均年龄', '团干的平均年龄', '团干部的平均年龄'],
  'members.femaleShare': ['女团员比例', '女性团员占比', '女团员占多少'],
  'officers.femaleShare': ['女干部占比', '女干部比例', '女团干占比', '女团干部比例'],
  'record.count': ['台账', '台账条数', '记了'],
  'record.silentBranches': [
    '没有记台账的支部',
    '没记台账的团支部',
    '没记台账的支部',
    '没有记录的支部',
    '没有台账的支部',
  ],
  'record.silentSubordinates': ['没有记录的下级', '没记台账的下级'],
}

/** Words for filters of people, beside titles and synonyms of the options themselves. */
export const FILTER_WORDS: Record<string, [key: string, value: string][]> = {
  女的: [['sex', 'female']],
  男: [['sex', 'male']],
  未成年: [['age', '..17']],
  未成年的: [['age', '..17']],
  男的: [['sex', 'male']],
  女同志: [['sex', 'female']],
  男同志: [['sex', 'male']],
  党员: [
    ['partyMember', '是'],
    ['fullPartyMember', '是'],
  ],
  党员身份: [['partyMember', '是']],
  预备党员: [['politics', 'probationaryPartyMember']],
  正式党员: [['fullPartyMember', '是']],
  团员: [['leagueMember', '是']],
  少数民族: [['minority', '是']],
  少民: [['minority', '是']],
  流动: [['mobile', '是']],
  流动的: [['mobile', '是']],
  外出的: [['mobile', '是']],
  在外的: [['mobile', '是']],
  村官: [['graduateVillageOfficial', '是']],
  大学生村官: [['graduateVillageOfficial', '是']],
  村里: [['sector', 'village']],
  村的: [['sector', 'village']],
  学校的: [['sector', 'school']],
  社区的: [['sector', 'community']],
  企业的: [['sector', 'enterprise']],
  机关的: [['sector', 'governmentBody']],
  农村: [['sector', 'village']],
  学校: [['sector', 'school']],
  学校里: [['sector', 'school']],
  社区: [['sector', 'community']],
  企业: [['sector', 'enterprise']],
}

/** Words of rosters for an option that say something else in a question: a student is no graduate. */
export const NO_FILTERS = ['大学生', '本科生', '专科生', '研究生在读']

/** 全镇 and the like: the organisation asked about, or that above it at this level. */
export const REACHES: Record<string, string> = {
  全镇: 'township',
  镇里: 'township',
  镇上: 'township',
  本镇: 'township',
  我镇: 'township',
  我们镇: 'township',
  全乡: 'township',
  本乡: 'township',
  我乡: 'township',
  咱镇: 'township',
  咱们镇: 'township',
  俺镇: 'township',
  全街道: 'township',
  全县: 'county',
  县里: 'county',
  本县: 'county',
  我县: 'county',
  全区: 'county',
  本区: 'county',
  我区: 'county',
  全市: 'city',
  本市: 'city',
  我市: 'city',
  全省: 'province',
}

/** Whose figures by whoever asks, and of which kind that organisation has to be. */
export const OWN: Record<string, OwnKind> = {
  ...ownWords('any', '本组织 我们单位 本单位 全团 本团委 全委 我们团委 我单位'),
  ...ownWords('branch', '本支部 我支部 我们支部 全支部 咱支部 俺支部'),
  ...ownWords('village', '本村 我村 全村 我们村 咱村 咱们村 俺村 俺们村'),
  ...ownWords('school', '本校 我校 全校 我们学校 咱学校'),
}

export type OwnKind = 'any' | 'branch' | 'village' | 'school'

function ownWords(kind: OwnKind, words: string): Record<string, OwnKind> {
  return Object.fromEntries(wordsIn(words).map((word) => [word, kind]))
}

export const OWN_ONLY = ['本级', '镇本级', '县本级', '团委本级', '只看本级', '本身']
export const EACH_BELOW = wordsIn(`
  各村 各支部 各团支部 各镇 各乡镇 各下级 各单位 各组织 各县 各县区 各校 各学校 各社区 每个支部 每个村 每个镇 各地
`)
export const NEGATIONS = wordsIn('不是 非 除了 除 不在 不属于 不')

/** In what the question is whether they have it, or how many; the first is how the answer calls them. */
export const AMONG: Record<AmongKind, string[]> = {
  village: wordsIn('村 村子 行政村 村里'),
  branch: wordsIn('团支部 支部'),
  generalBranch: wordsIn('团总支 总支'),
  town: wordsIn('乡镇 镇 街道 乡'),
  county: wordsIn('县区 县 区县'),
  school: wordsIn('学校'),
  community: wordsIn('社区'),
  enterprise: wordsIn('企业'),
  unit: wordsIn('下级组织 单位 组织 团组织 下级 地方'),
  month: wordsIn('月 月份'),
  member: wordsIn('团员'),
}
export type AmongKind =
  | 'village'
  | 'branch'
  | 'generalBranch'
  | 'town'
  | 'county'
  | 'school'
  | 'community'
  | 'enterprise'
  | 'unit'
  | 'month'
  | 'member'

export const MOST = wordsIn('最多 最高 最大 最好 最强 第一多')
export const LEAST = wordsIn('最少 最低 最小 倒数第一')
export const RANKING = wordsIn('排名 排行 排序 排一下 排个队 排个名 名次 从多到少 从高到低')
export const WHICH = wordsIn('哪个 哪些 哪几个 哪一个 哪家 哪')
export const LACKING = wordsIn('没有 没 未 无 还没有 还没 尚未 从未 从没 没得 未曾 没有过')
export const AGAINST = wordsIn('比 较 相比 比起')
export const CHANGED = wordsIn(`
  多 少 增加 减少 增长 下降 提高 降低 多了 少了 增加了 减少了 增长了 下降了 提高了 降低了 新增 多出 变化 多收 少收 多发展 少发展 多开 少开
  多办 少办 多搞 少搞 增加多少 变化多少
`)
