/** The member roster (团员花名册) as offices write it. */
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { PERSON_FIELDS } from '../people/sheetFields.ts'
import { END_REASONS, START_REASONS } from './reasons.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

const REASON_WORDS: Record<string, string> = {
  admission: '发展 新入团 入团 发展团员 新发展团员 本支部发展',
  transferIn: '接转 关系转入 组织关系转入 接收 转接',
  merge: '合并 支部合并 并入',
  declared: '口袋团员 主动亮身份 亮身份 口袋团员亮身份 主动亮明身份',
  roster: '原有 在册 原在册 留存',
}

const END_WORDS: Record<string, string> = {
  transferOut: '转走 组织关系转出 关系转出 调出 迁出',
  ageOut: '超龄 离团 超龄退团 满28岁 满28周岁 到龄离团',
  resigned: '自愿退团 申请退团',
  removed: '自行脱团 脱团',
  death: '死亡 病故 亡故',
}

export const sheet: Target = {
  kind: 'members',
  title: '团员花名册',
  synonyms: words(
    '团员名册 团员信息 团员名单 团员花名 团员登记 团员基本情况 团员台账 团员统计 团员情况 团员一览 共青团员 在册团员 流动团员 团员',
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
    PERSON_FIELDS.nativePlace,
    {
      id: 'occupation',
      title: '职业',
      kind: 'text',
      synonyms: words(
        '工作或就读单位 就读或工作单位 工作就读单位 从事职业 工作单位 工作单位及职务 学习工作单位 工作学习单位 工作(学习)单位 学习(工作)单位 工作/学习单位 现从事工作 从业情况 所在单位 就业情况 从事行业 工作(学习)单位及职务 工作单位及岗位 单位及职务 现工作单位 身份类别 现状 职业状况 就读学校或工作单位 工作单位或学校 学校或单位 就业单位 目前职业 工作或学习单位 所在学校 就读学校 现职业 目前从事职业 所在单位(学校) 单位(学校) 所在单位及职务 工作情况 单位',
      ),
    },
    PERSON_FIELDS.joinedLeagueOn,
    PERSON_FIELDS.joinedPartyOn,
    {
      id: 'branch',
      title: '所在团支部',
      kind: 'org',
      place: true,
      synonyms: words(
        '团支部 所属团支部 所在支部 所属支部 支部 支部名称 团支部名称 所在团组织 所属团组织 团组织 团组织名称 所在团支部名称 所属团支部名称 团组织关系所在支部 组织关系所在支部 团关系所在支部 团组织关系所在地 所在团支部(全称) 所在团支部全称 团支部全称 现所在团支部 村团支部 团籍所在支部 组织名称 组织关系 所在组织 隶属支部 隶属团支部 所属村 所在村 村名 所在基层团组织 所属基层团组织 所属基层团支部 所在基层团支部 团支部(村) 团支部村 所在村组 所属团委 所在团委 组织隶属 现团组织 所在团小组 村别 村(社区) 村/社区 所在村(社区) 行政村 班级 所在班级',
      ),
    },
    {
      id: 'mobile',
      title: '是否流动团员',
      kind: 'yesNo',
      synonyms: words(
        '流动团员 是否流动 是否外出 流动 是否为流动团员 是否属流动团员 外出团员 是否外出务工 流动(是/否) 是否在外 流动情况 是否外出流动 外出流动 是否流动在外 流动状态 外出',
      ),
    },
    {
      id: 'mobilePlace',
      title: '流动去向',
      kind: 'text',
      synonyms: words(
        '流入地 流向 外出地点 流动地点 去向 外出去向 务工地 务工地点 现居住地 现居地 现住地 流动地 流出地点 外出务工地 外出务工地点 流动团员去向 外出务工地址 外出地 流向地 现所在地 外出所在地 外出流向',
      ),
    },
    {
      id: 'memberNo',
      title: '发展团员编号',
      kind: 'text',
      synonyms: words(
        '团员编号 入团编号 发展编号 团员发展编号 发展团员号 入团志愿书编号 志愿书编号 团员发展编码 发展团员编码',
      ),
    },
    {
      id: 'applicationDate',
      title: '申请入团时间',
      kind: 'date',
      synonyms: words(
        '申请入团日期 递交申请时间 递交入团申请时间 提交入团申请时间 递交申请书时间 入团申请时间 申请时间 提交申请书时间 申请日期 入团申请书递交时间',
      ),
    },
    {
      id: 'joinedBranchOn',
      title: '转入本支部时间',
      kind: 'date',
      synonyms: words(
        '转入时间 转入日期 组织关系转入时间 进入本支部时间 接转时间 到本支部时间 转入本支部日期 编入支部时间 进入支部时间 关系转入时间 组织关系接转时间 转接时间 到支部时间',
      ),
    },
    {
      id: 'startReason',
      title: '来源',
      kind: 'choice',
      synonyms: words('团员来源 进入方式 进入支部方式 转入类型 增加方式 来源方式 来源类别 增加原因'),
      options: START_REASONS.map(({ value, title }) => ({
        value,
        title,
        synonyms: words(REASON_WORDS[value] ?? ''),
      })),
    },
    {
      id: 'leftOn',
      title: '离开本支部时间',
      kind: 'date',
      synonyms: words(
        '转出时间 转出日期 离开时间 组织关系转出时间 关系转出时间 离团时间 离团日期 超龄离团时间 退团时间 转出本支部时间 离开支部时间 减少时间',
      ),
    },
    {
      id: 'endReason',
      title: '去向类别',
      kind: 'choice',
      synonyms: words('减少原因 离开原因 转出原因 离团原因 减少方式 离开方式 离团方式'),
      options: END_REASONS.map(({ value, title }) => ({
        value,
        title,
        synonyms: words(END_WORDS[value] ?? ''),
      })),
    },
    PERSON_FIELDS.age,
    PERSON_FIELDS.remark,
  ],
}
