import type { LedgerDefinition } from '../ledgers/definition.ts'

/** Who studied is named; who did not is nobody's business here: there is no field and no role for them. */
export const definition: LedgerDefinition = {
  id: 'onlineStudy',
  title: '青年大学习',
  line: '思想引领',
  order: 201,
  about: '网上主题团课，一期一条：第几季第几期，多少人次学了。只记学了的，不列没学的人。',
  sheetTitles: ['青年大学习', '大学习', '网上主题团课', '网络主题团课', '大学习参学', '参学情况'],
  measureWord: '期',
  name: {
    label: '课程名称',
    synonyms: ['期次名称', '学习期次', '课程期次', '学习主题', '课程主题', '期数名称', '期次'],
    fallback: '青年大学习[第{season}季][第{issue}期]',
  },
  org: { synonyms: ['参学单位', '学习单位', '参学组织'] },
  day: {
    label: '学习日期',
    synonyms: ['上线日期', '上线时间', '学习时间', '开课时间', '统计日期', '时间', '日期'],
    span: true,
  },
  personTimes: {
    label: '学习人次',
    synonyms: ['参学人次', '参学人数', '学习人数', '完成人数', '参与人次', '参与人数', '参加人次', '人次'],
  },
  roles: [
    {
      id: 'learner',
      title: '参学',
      synonyms: ['参学人员', '学习人员', '参学名单', '学习名单', '参学团员', '已学人员'],
    },
  ],
  fields: [
    {
      id: 'season',
      title: '季',
      type: 'integer',
      usedBy: '按季统计参学',
      synonyms: ['第几季', '季数', '学习季'],
      minimum: 1,
    },
    {
      id: 'issue',
      title: '期',
      type: 'integer',
      usedBy: '按期统计参学',
      synonyms: ['第几期', '期号', '课程期号'],
      minimum: 1,
    },
    {
      id: 'nonMembers',
      title: '其中团外青年',
      type: 'integer',
      unit: '人次',
      usedBy: '参学率只算团员，团外青年另计',
      synonyms: ['非团员人次', '团外青年人次', '非团员', '其中非团员', '团外青年'],
    },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因', synonyms: ['说明'] },
  ],
  measures: [
    {
      id: 'issues',
      title: '青年大学习期数',
      unit: '期',
      kind: 'distinct',
      field: 'title',
      definition: '时段内有人学习的不同课程；几个组织学的同一期算一期。',
    },
    {
      id: 'nonMembers',
      title: '团外青年参学',
      unit: '人次',
      kind: 'sum',
      field: 'nonMembers',
      definition: '各期参学人次中注明是团外青年的相加；他们不算进团员参学。',
    },
    {
      id: 'orgs',
      title: '有参学记录的组织',
      unit: '个',
      kind: 'distinct',
      field: 'org',
      definition: '时段内自己记过至少一期的组织。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      listed: true,
      text: '{day}，{org}组织学习{title}[，{personTimes}人次参加][，其中团外青年{nonMembers}人次]',
    },
    {
      id: 'period',
      of: 'period',
      text: '组织青年大学习{issues}期[，{personTimes}人次参加][，其中团外青年{nonMembers}人次]',
    },
  ],
}
