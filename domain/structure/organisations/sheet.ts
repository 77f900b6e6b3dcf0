/** The list of organisations (团组织基本情况) as offices write it. */
import type { Target, TargetField } from '../../../kernel/spreadsheet/target.ts'
import { type Choice, orgTypes, sectors } from './words.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

const count = (id: string, title: string, synonyms: string): TargetField => ({
  id,
  title,
  kind: 'integer',
  unit: '人',
  totals: true,
  synonyms: words(synonyms),
})

/** Words of real lists beside those of the choices themselves. */
const MORE_TYPE_WORDS: Record<string, string> = {
  committee: '共青团委员会 团委会 乡镇团委 镇团委 乡团委 学校团委 企业团委',
  workCommittee: '街道团工委',
  branch:
    '基层团支部 村团支部 社区团支部 班级团支部 普通团支部 学校团支部 企业团支部 联合团支部 流动团支部 临时团支部 毕业班团支部',
}
const MORE_SECTOR_WORDS: Record<string, string> = {
  village: '乡村 村(农村) 村团组织 农村领域',
  community: '居民社区 社区(居委会) 社区领域',
  school: '中小学 中职学校 职业学校 普通高中 初中 高中 中学中职 高等学校',
  enterprise: '公有制企业 国有企业(公有制) 企业单位',
  townshipOffice: '镇直单位 乡镇直属 镇直属 township_office',
  governmentBody: '政府机关 机关单位 机关事业单位领域 机关、事业单位',
  newEconomic: '非公有制经济组织 民营企业 私营企业 新经济 非公有制 两新',
  newSocial: '新社会 民办非企业',
  coOperative: '农村专业合作社',
  other: '其他领域',
}

const withMore = (choices: Choice[], more: Record<string, string>) =>
  choices.map(({ value, title, synonyms }) => ({
    value,
    title,
    synonyms: [...synonyms, ...words(more[value] ?? '')],
  }))

export const sheet: Target = {
  kind: 'organisations',
  title: '团组织基本情况',
  synonyms: words(
    '团组织名册 团组织花名册 团组织信息 团组织台账 团支部名册 团支部花名册 团支部基本情况 基层团组织 团组织统计 团支部一览 组织机构 组织基本情况 支部基本情况 团组织一览 团组织 团支部设置 组织设置 支部名单',
  ),
  fields: [
    {
      id: 'name',
      title: '组织名称',
      kind: 'text',
      required: true,
      synonyms: words(
        '班级团支部 班级团支部名称 机构全称 组织全名 团支部(总支)名称 下级团组织 下级团组织名称 团组织名称 团支部名称 支部名称 名称 团组织 团支部 组织全称 团组织全称 单位名称 团支部全称 机构名称 组织 支部 团委名称 基层团组织名称 下属团组织 下属团组织名称 团(总)支部名称 团(总)支部 所辖团组织 单位 下辖团支部 下辖团支部名称 下辖团组织名称 基层团支部 基层团支部名称 团支部(全称) 所属团组织 村(社区)团支部 村团支部 团组织单位 支部全称 基层组织名称 团组织(全称) 下辖团组织 团组织名',
      ),
    },
    {
      id: 'code',
      title: '组织代码',
      kind: 'text',
      synonyms: words(
        '组织编码 团组织代码 团组织编码 组织编号 团组织编号 代码 编码 机构代码 单位代码 支部编码 支部代码 支部编号',
      ),
    },
    {
      id: 'type',
      title: '组织类型',
      kind: 'choice',
      synonyms: words(
        '团组织类型 组织类别 团组织类别 组织形式 支部类型 类型 类别 组织性质 设置形式 组织形态 团组织形态 建制 组织建制 团组织建制 机构类型 组织设置形式 组织层级 设置类型 团组织形式 支部类别 支部性质 团支部类型 团支部类别 支部形式',
      ),
      options: withMore(orgTypes, MORE_TYPE_WORDS),
    },
    {
      id: 'sector',
      title: '领域',
      kind: 'choice',
      synonyms: words(
        '所属领域 领域类别 行业 所属行业 单位性质 单位类型 单位类别 组织领域 领域分类 所在领域 行业类别 行业领域 所在单位性质 单位所属领域 隶属领域',
      ),
      options: withMore(sectors, MORE_SECTOR_WORDS),
    },
    {
      id: 'superior',
      title: '上级团组织',
      kind: 'org',
      synonyms: words(
        '隶属于 上级组织名称 所属组织 所属上级团组织 上级组织 隶属 隶属团组织 上级 上级团委 隶属关系 直接上级 所属团委 直属上级 主管团组织 所属上级 上级团委名称 隶属组织 上级主管团委 上级团组织全称 所属上级团委 上级团组织名称 直接上级团组织 隶属上级 所属团总支 上级主管团组织 直属上级团组织 上一级团组织 隶属团委',
      ),
    },
    {
      id: 'foundedOn',
      title: '成立时间',
      kind: 'date',
      synonyms: words(
        '成立于 建立于 组织成立时间 成立日期 建立时间 组建时间 批准成立时间 成立年月 团组织成立时间 团支部成立时间 支部成立时间 建团时间 组织建立时间 设立时间 批复成立时间 组建日期 设立日期 团组织建立时间 组织成立日期 团支部建立时间 建团年月 团组织组建时间 建立日期 批准时间 何时成立 成立时间(年月) 建立年月 组建年月',
      ),
    },
    {
      id: 'place',
      title: '地址',
      kind: 'text',
      synonyms: words(
        '所在地 详细地址 单位地址 办公地址 地点 所在地址 通讯地址 联系地址 团组织地址 办公地点 团组织所在地 活动阵地地址 活动场所 阵地地址 活动场所地址 所在位置 驻地',
      ),
    },
    {
      id: 'partyLink',
      title: '所属党组织',
      kind: 'text',
      synonyms: words(
        '带建党支部 党建带团建党组织 依托党组织名称 党组织名称 同级党组织 党建带团建单位 上级党组织 隶属党组织 所在党组织 党支部 同级党组织名称 所属党支部 依托党组织 主管党组织 同级党支部 党建带团建联系党组织 带建党组织 对应党组织 联系党组织 党组织 隶属党支部',
      ),
    },
    {
      id: 'secretaryName',
      title: '书记姓名',
      kind: 'name',
      synonyms: words(
        '团支部书记 团支书 支部书记 书记 负责人 团组织书记 团支部书记姓名 负责人姓名 团组织负责人 支部负责人 团委书记 现任书记 书记(负责人) 团支书姓名 支书 支部书记姓名',
      ),
    },
    {
      id: 'secretaryPhone',
      title: '书记电话',
      kind: 'phone',
      synonyms: words(
        '联系电话 书记联系电话 联系方式 负责人电话 手机号码 电话 书记手机 书记手机号 书记联系方式 负责人联系电话 团支书电话 手机号 负责人联系方式 手机 支书电话 团支书联系方式 团支部书记联系方式',
      ),
    },
    count(
      'memberCount',
      '团员人数',
      '团员数 组织人数 团员总数 现有团员 团员 团员数量 团员人数合计 人数 在册团员数 现有团员数 共青团员数 成员人数 在册团员 团员总人数 实有团员数 支部人数 在册团员人数 现有团员人数',
    ),
    count(
      'officerCount',
      '团干部人数',
      '团(支)委人数 团支委人数 团委委员人数 委员人数 团干部数 团干部 班子人数 团干部总数 团委人数 支委人数 委员数 班子成员数 团干人数 团干数',
    ),
    count(
      'youthCount',
      '青年人数',
      '青年数 团龄青年 14-28岁青年 青年总数 28岁以下青年 团青年数 14-28周岁青年人数 14-28岁青年人数 14-35岁青年数 14-35岁青年人数 团员青年数 适龄青年 青年 14-28周岁青年数 青年数量 14至28岁青年人数',
    ),
    {
      id: 'reElectedOn',
      title: '换届时间',
      kind: 'date',
      synonyms: words(
        '上一次换届改选时间 最近换届时间 上次换届时间 换届日期 届满时间 最近一次换届时间 换届改选时间 上届换届时间 本届换届时间',
      ),
    },
    { id: 'remark', title: '备注', kind: 'text', synonyms: words('说明 备注说明 附注 备考') },
  ],
}
