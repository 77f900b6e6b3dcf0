/** The officers' roster (团干部花名册) as offices write it. */
import type { Target, TargetOption } from '../../../kernel/spreadsheet/target.ts'
import { PERSON_FIELDS } from '../people/sheetFields.ts'
import { POSTS } from './posts.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

/** Other words for a post in real rosters, beside those of the posts themselves. */
const MORE_WORDS: Record<string, string> = {
  secretary: '总支书记 团书记 专职书记 兼职书记',
  deputySecretary:
    '支部副书记 总支副书记 团工委副书记 团副书记 兼职副书记 挂职副书记 专职副书记 团委兼职副书记 团委挂职副书记 团委专职副书记',
  committeeMember:
    '团总支委员 团工委委员 支委 团支委 兼职委员 生产委员 权益委员 维权委员 志愿委员 文娱委员 青年委员 组织 宣传 文体 ' +
    '团支部组织委员 团支部宣传委员 团支部文体委员 团委组织委员 团委宣传委员 支部组织委员 支部宣传委员 组织宣传委员 纪律委员',
  groupLeader: '组长',
  staff: '专干 团专干 团委干事',
}

/** Posts on League bodies; 柳河村团支部书记 is read as 书记 of that branch. */
const POST_OPTIONS: TargetOption[] = POSTS.filter(
  (post) => !['reviewer', 'administrator'].includes(post.value),
).map(({ value, title, synonyms }) => ({
  value,
  title,
  synonyms: [...synonyms, ...words(MORE_WORDS[value] ?? '')],
}))

export const sheet: Target = {
  kind: 'officers',
  title: '团干部花名册',
  synonyms: words(
    '团干部名册 团干部信息 团干部名单 团干部登记 团干名册 团干部基本情况 团干部台账 团干部一览 团干部队伍 团干 班子成员 团委委员名单 团委班子 支委名单 支部班子 团干部',
  ),
  fields: [
    PERSON_FIELDS.name,
    PERSON_FIELDS.sex,
    PERSON_FIELDS.ethnicity,
    PERSON_FIELDS.birthDate,
    PERSON_FIELDS.idNumber,
    PERSON_FIELDS.phone,
    PERSON_FIELDS.education,
    PERSON_FIELDS.politicalStatus,
    PERSON_FIELDS.partyMember,
    {
      id: 'org',
      title: '所在团组织',
      kind: 'org',
      place: true,
      synonyms: words(
        '所在团支部 团组织 团组织名称 所属团组织 所属团支部 团支部 任职团组织 任职组织 任职单位 任职支部 所在支部 支部名称 团支部名称 所在组织 组织名称 所属组织 任职团支部 所属支部 支部 团组织全称 所在团组织名称 所在团委 所在团(工)委 所在单位 单位 所属村 所在村 村(社区) 村名 任职团组织名称 所在团组织全称',
      ),
    },
    {
      id: 'post',
      title: '团内职务',
      kind: 'choice',
      required: true,
      many: true,
      afterOrgName: true,
      synonyms: words(
        '团内现任职务 现任团内职务 团内任职 担任职务 任职 职务 现任职务 职务名称 团干职务 团干部职务 支部职务 担任团干职务 所任团干职务 团内岗位 团支部职务 所任职务 团职务 在团内职务 团内职务名称 任职职务 担任团内职务 团内担任职务 现任团职 团委职务 所任团内职务 职位 岗位',
      ),
      options: POST_OPTIONS,
    },
    {
      id: 'concurrentPost',
      title: '兼任职务',
      kind: 'text',
      synonyms: words(
        '行政职务 兼任 其他职务 兼职情况 社会职务 党内职务 工作单位及职务 兼任职务名称 其它职务 村内职务 行政职务(岗位) 单位职务 兼任其他职务 党政职务 兼任行政职务 其他兼职 兼任党政职务 本职工作 工作职务 在村(社区)任职 本职 村两委职务 行政任职 学习工作单位 工作单位',
      ),
    },
    {
      id: 'officerKind',
      title: '团干部性质',
      kind: 'choice',
      synonyms: words(
        '干部性质 专兼职 专/兼/挂 任职性质 专职兼职挂职 专兼挂 专(兼)职 专兼职情况 团干部类型 岗位性质 性质 专职/兼职 专兼挂情况 团干部类别 干部类别 专职或兼职 专兼挂职 团干性质 是否专职 干部身份 专兼挂类型 任职类型',
      ),
      options: [
        { value: 'fullTime', title: '专职', synonyms: words('专 专职团干 专职团干部 专职干部 全职 是') },
        { value: 'partTime', title: '兼职', synonyms: words('兼 兼职团干 兼职团干部 兼职干部 否') },
        { value: 'seconded', title: '挂职', synonyms: words('挂 挂职团干 挂职团干部 挂职干部') },
      ],
    },
    {
      id: 'mode',
      title: '任职方式',
      kind: 'choice',
      synonyms: words('任现职方式 产生方式 任用方式 选任方式 任命方式 选拔方式 当选方式 任职途径'),
      options: [
        {
          value: 'elected',
          title: '选举',
          synonyms: words('选举产生 选任 当选 换届选举 大会选举 民主选举 选举任职'),
        },
        {
          value: 'appointed',
          title: '任命',
          synonyms: words('委任 上级任命 任免 指定 组织任命 任命制 委派 上级委派 聘任 聘用'),
        },
        { value: 'coOpted', title: '增补', synonyms: words('增选 增补选') },
        { value: 'byElection', title: '补选', synonyms: words('届中补选 补选产生') },
      ],
    },
    {
      id: 'tookOfficeOn',
      title: '任职时间',
      kind: 'date',
      synonyms: words(
        '任职日期 任现职时间 任现职年月 任职年月 现任职时间 担任现职时间 上任时间 何时任职 任现职日期 任职起始时间 开始任职时间 任团干时间 任团内职务时间 当选时间 任职起始日期 到任时间 任期开始时间 任期起 任职开始时间 现职任职时间 任团干部时间 起任时间 任现职务时间',
      ),
    },
    PERSON_FIELDS.joinedLeagueOn,
    PERSON_FIELDS.joinedPartyOn,
    {
      id: 'graduateVillageOfficial',
      title: '是否大学生村官',
      kind: 'yesNo',
      synonyms: words('大学生村官 是否村官 村官 是否为大学生村官 是否选调生村官 大学生村干部'),
    },
    PERSON_FIELDS.nativePlace,
    PERSON_FIELDS.age,
    PERSON_FIELDS.remark,
  ],
}
