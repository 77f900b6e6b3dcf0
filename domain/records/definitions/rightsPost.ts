import type { LedgerDefinition } from '../ledgers/definition.ts'
import { levels } from '../ledgers/options.ts'

export const definition: LedgerDefinition = {
  id: 'rightsPost',
  title: '青少年维权岗',
  line: '服务青年',
  order: 460,
  about: '青少年维权岗的创建、命名和复核。办了多少事记在“权益保护”。',
  sheetTitles: ['维权岗', '青少年维权岗', '青年维权岗', '维权岗创建'],
  measureWord: '个',
  name: { label: '维权岗名称', synonyms: ['岗位名称', '维权岗', '维权岗全称', '维权岗单位', '创建单位名称'] },
  org: { synonyms: ['所在单位', '创建单位', '主管单位', '依托单位'] },
  day: {
    label: '命名日期',
    synonyms: ['命名时间', '创建时间', '授牌时间', '复核时间', '认定时间', '创建日期', '挂牌时间'],
  },
  roles: [{ id: 'head', title: '负责', synonyms: ['负责人', '岗长', '岗位负责人'], attends: false }],
  photos: true,
  fields: [
    {
      id: 'level',
      title: '级别',
      type: 'choice',
      usedBy: '总结按级别统计',
      synonyms: ['命名级别', '创建级别', '维权岗级别', '等级'],
      options: levels,
    },
    {
      id: 'state',
      title: '创建状态',
      type: 'choice',
      usedBy: '新命名、保留、撤销分开统计',
      synonyms: ['状态', '创建情况', '复核结果', '命名情况'],
      options: [
        { value: 'creating', title: '创建中', synonyms: ['创建', '申报', '在创'] },
        { value: 'named', title: '新命名', synonyms: ['命名', '认定', '授牌'] },
        { value: 'kept', title: '复核保留', synonyms: ['保留', '复核合格'] },
        { value: 'removed', title: '撤销', synonyms: ['取消', '摘牌'] },
      ],
    },
    {
      id: 'sector',
      title: '系统',
      type: 'choice',
      usedBy: '看覆盖哪些系统',
      synonyms: ['所属系统', '行业系统', '部门系统', '单位系统'],
      options: [
        { value: 'court', title: '法院', synonyms: ['人民法院'] },
        { value: 'procuratorate', title: '检察院', synonyms: ['人民检察院'] },
        { value: 'police', title: '公安', synonyms: ['派出所', '公安局'] },
        { value: 'justice', title: '司法行政', synonyms: ['司法所', '司法局', '法律援助中心'] },
        { value: 'education', title: '教育', synonyms: ['学校'] },
        { value: 'civil', title: '民政', synonyms: ['民政局', '救助站'] },
        { value: 'labour', title: '人社', synonyms: ['劳动', '人力资源和社会保障'] },
        { value: 'other', title: '其他', synonyms: ['其它'] },
      ],
    },
    {
      id: 'grantor',
      title: '命名单位',
      type: 'org',
      usedBy: '迎检',
      synonyms: ['授予单位', '认定单位', '发文单位'],
    },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因', synonyms: ['说明'] },
  ],
  measures: [
    {
      id: 'named',
      title: '新命名维权岗',
      unit: '个',
      kind: 'count',
      where: { state: 'named' },
      definition: '时段内新命名的维权岗。',
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
