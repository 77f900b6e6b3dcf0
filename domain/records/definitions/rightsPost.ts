import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { levels } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'rightsPost',
  title: '青少年维权岗',
  line: '服务青年',
  order: 460,
  about: '青少年维权岗的创建、命名和复核。办了多少事记在“权益保护”。',
  measureWord: '个',
  name: { label: '维权岗名称' },
  day: { label: '命名日期' },
  roles: [{ id: 'head', title: '负责', attends: false }],
  photos: true,
  fields: [
    { id: 'level', title: '级别', type: 'choice', usedBy: '总结按级别统计', options: levels },
    {
      id: 'state',
      title: '创建状态',
      type: 'stage',
      usedBy: '新命名、保留、撤销分开统计',
      options: [
        { value: 'creating', title: '创建中' },
        { value: 'named', title: '新命名' },
        { value: 'kept', title: '复核保留' },
        { value: 'removed', title: '撤销' },
      ],
    },
    {
      id: 'sector',
      title: '系统',
      type: 'choice',
      usedBy: '看覆盖哪些系统',
      options: [
        { value: 'court', title: '法院' },
        { value: 'procuratorate', title: '检察院' },
        { value: 'police', title: '公安' },
        { value: 'justice', title: '司法行政' },
        { value: 'education', title: '教育' },
        { value: 'civil', title: '民政' },
        { value: 'labour', title: '人社' },
        { value: 'other', title: '其他' },
      ],
    },
    { id: 'grantor', title: '命名单位', type: 'org', usedBy: '迎检' },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因' },
  ],
  measures: [
    {
      id: 'named',
      title: '新命名维权岗',
      unit: '个',
      kind: 'count',
      at: { field: 'state', states: 'named' },
      definition: '时段内新命名的维权岗，按命名日期算。',
    },
    {
      id: 'sectors',
      title: '维权岗覆盖系统',
      unit: '个',
      kind: 'distinct',
      field: 'sector',
      definition: '记录里不同的系统。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}的{title}创建[{level}]青少年维权岗[，{state}][（{grantor}）]',
    },
    {
      id: 'period',
      of: 'period',
      text: '创建青少年维权岗{count}个[，新命名{named}个][，覆盖{sectors}个系统]',
    },
  ],
}
