/** Columns about a person that rosters of members and of officers share. */
import type { TargetField } from '../../../kernel/spreadsheet/target.ts'
import { EDUCATION_LEVELS, ETHNICITIES, POLITICAL_STATUSES, SEXES } from './codes.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

export const PERSON_FIELDS = {
  name: {
    id: 'name',
    title: '姓名',
    kind: 'name',
    required: true,
    synonyms: words(
      '团员姓名 名字 成员姓名 人员姓名 团干部姓名 干部姓名 姓名(全名) 青年姓名 学生姓名 本人姓名 中文姓名 真实姓名 职工姓名 人员 name',
    ),
  },
  sex: {
    id: 'sex',
    title: '性别',
    kind: 'choice',
    synonyms: words('男女 性别(男/女) 男/女 性别代码 sex gender'),
    options: SEXES,
  },
  ethnicity: {
    id: 'ethnicity',
    title: '民族',
    kind: 'choice',
    synonyms: words('民族成份 民族成分 族别 民族代码 所属民族 族'),
    options: ETHNICITIES,
  },
  birthDate: {
    id: 'birthDate',
    title: '出生日期',
    kind: 'date',
    synonyms: words(
      '出生年月 出生年月日 出生时间 生日 出生 出生日 出生年份 生年月日 何年何月出生 出生日期(公历) 阳历生日 公历生日',
    ),
  },
  idNumber: {
    id: 'idNumber',
    title: '身份证号',
    kind: 'idNumber',
    synonyms: words(
      '身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 居民身份证 证件号码 证件号 身份证件号码 身份证件号 身份号码 身份证编号 身份证明号码 有效证件号码 有效证件号 二代身份证号 18位身份证号 18位身份证号码 身份证信息 ID',
    ),
  },
  phone: {
    id: 'phone',
    title: '联系电话',
    kind: 'phone',
    synonyms: words(
      '手机号码 手机号 手机 电话 联系方式 电话号码 移动电话 本人电话 本人手机 联系手机 联系号码 手机/电话 电话(手机) 通讯方式 联络电话 联系电话(手机) 本人联系电话 手机及电话 常用电话 手机联系方式 微信/手机号 tel',
    ),
  },
  education: {
    id: 'education',
    title: '学历',
    kind: 'choice',
    synonyms: words(
      '文化程度 最高学历 学历层次 文化水平 教育程度 受教育程度 文化层次 学历情况 现学历 学历(学位) 学历/学位 学历学位 最高学历学位 学历及学位 最终学历 全日制学历 全日制教育 学历(最高) 全日制教育学历',
    ),
    options: EDUCATION_LEVELS,
  },
  politicalStatus: {
    id: 'politicalStatus',
    title: '政治面貌',
    kind: 'choice',
    synonyms: words(
      '政治身份 党派 政治面目 面貌 政治状况 政治面貌(党员/团员) 是否党员或团员 党团员 党/团员 党团身份 党团情况',
    ),
    options: POLITICAL_STATUSES,
  },
  partyMember: {
    id: 'partyMember',
    title: '是否党员',
    kind: 'yesNo',
    synonyms: words('是否中共党员 党员 是否为党员 是否为中共党员 是否系党员 党员(是/否)'),
  },
  nativePlace: {
    id: 'nativePlace',
    title: '籍贯',
    kind: 'text',
    synonyms: words('祖籍 出生地 原籍 籍贯(省市县) 籍贯地 何地人'),
  },
  age: {
    id: 'age',
    title: '年龄',
    kind: 'integer',
    unit: '岁',
    synonyms: words('周岁 年龄(周岁) 现年 实足年龄 岁数'),
    minimum: 3,
    maximum: 120,
    totals: false,
  },
  joinedLeagueOn: {
    id: 'joinedLeagueOn',
    title: '入团时间',
    kind: 'date',
    synonyms: words(
      '入团日期 入团年月 入团年月日 何时入团 入团 加入共青团时间 加入团组织时间 入团时间(年月) 入团批准时间 批准入团时间 入团的时间 加入共青团日期 参加共青团时间 加入中国共产主义青年团时间 发展时间 加入团组织日期 入团年份 何年何月入团 入团年度 成为团员时间',
    ),
  },
  joinedPartyOn: {
    id: 'joinedPartyOn',
    title: '入党时间',
    kind: 'date',
    synonyms: words(
      '入党日期 入党年月 入党年月日 何时入党 入党 加入党组织时间 加入中国共产党时间 参加党组织时间 加入共产党时间 加入党组织日期 批准入党时间',
    ),
  },
  remark: {
    id: 'remark',
    title: '备注',
    kind: 'text',
    synonyms: words('说明 备注说明 附注 备考 其他说明 其它 备 情况说明 备注信息'),
  },
} satisfies Record<string, TargetField>
