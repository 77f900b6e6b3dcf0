import type { LedgerDeclaration } from '../ledgers/definition.ts'

/** How many of those who left school were handed over; who moved where stands in the memberships. */
export const definition: LedgerDeclaration = {
  id: 'graduateHandover',
  title: '学社衔接',
  line: '组织建设',
  order: 125,
  about: '一批毕业团员的组织关系衔接：升学、就业、回村的各应转多少，转接了多少。',
  measureWord: '批',
  name: { label: '衔接批次', fallback: '{kind}' },
  day: { label: '统计日期' },
  roles: [],
  fields: [
    {
      id: 'kind',
      title: '衔接类别',
      type: 'choice',
      required: true,
      usedBy: '升学衔接率和学社衔接率分开算',
      options: [
        { value: 'study', title: '升学衔接' },
        { value: 'society', title: '学社衔接' },
      ],
    },
    { id: 'due', title: '应衔接人数', type: 'integer', unit: '人', required: true, usedBy: '衔接率的分母' },
    { id: 'done', title: '已衔接人数', type: 'integer', unit: '人', usedBy: '衔接率的分子' },
    { id: 'lost', title: '失联人数', type: 'integer', unit: '人', usedBy: '排查失联团员' },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因' },
  ],
  rules: [
    { kind: 'atMost', field: 'done', other: 'due' },
    { kind: 'atMost', field: 'lost', other: 'due' },
  ],
  measures: [
    {
      id: 'due',
      title: '应衔接毕业团员',
      unit: '人',
      kind: 'sum',
      field: 'due',
      definition: '各批应衔接人数相加。',
    },
    {
      id: 'done',
      title: '已衔接毕业团员',
      unit: '人',
      kind: 'sum',
      field: 'done',
      definition: '各批已衔接人数相加。',
    },
    {
      id: 'rate',
      title: '衔接率',
      unit: '%',
      kind: 'ratio',
      numerator: 'done',
      denominator: 'due',
      definition: '已衔接人数 ÷ 应衔接人数；升学衔接率、学社衔接率按衔接类别筛选。',
    },
    {
      id: 'lost',
      title: '失联毕业团员',
      unit: '人',
      kind: 'sum',
      field: 'lost',
      definition: '各批失联人数相加。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      listed: true,
      text: '{day}，{org}{title}[，应衔接{due}人][，已衔接{done}人][，失联{lost}人]',
    },
    {
      id: 'period',
      of: 'period',
      text: '应衔接毕业团员{due}人，已衔接{done}人，衔接率{rate}[，失联{lost}人]',
    },
  ],
}
