/** What may be done, and which post gives it. The one table of rights; `scope.ts` applies it. */

export const actions = {
  'structure.read': '查看组织、团员和团干部',
  'structure.change': '设立、更名、划转、合并、撤销组织；登记人员和任职',
  'people.reveal': '查看完整的身份证号和电话（留痕）',
  'records.read': '查看台账',
  'records.write': '记台账、上传附件',
  'records.import': '导入表格、撤销批次',
  'ledgers.declare': '自建台账：设计、发布、停用',
  'figures.read': '查询数据和佐证',
  'summaries.read': '查看总结',
  'summaries.write': '撰写总结',
  'summaries.submit': '上报总结',
  'settings.change': '修改设置、管理账号',
} as const

export type Action = keyof typeof actions

/** administrator: set-up and accounts; manager: runs the work; staff: helps; reader: checks what is handed in. */
export type Role = 'administrator' | 'manager' | 'staff' | 'reader'

const reading: Action[] = ['structure.read', 'records.read', 'figures.read', 'summaries.read']
const working: Action[] = [...reading, 'records.write', 'records.import', 'summaries.write', 'people.reveal']

/** The strongest first. */
export const roles: readonly Role[] = ['administrator', 'manager', 'staff', 'reader']

export const actionsOfRole: Record<Role, readonly Action[]> = {
  administrator: Object.keys(actions) as Action[],
  manager: [...working, 'structure.change', 'ledgers.declare', 'summaries.submit'],
  staff: working,
  reader: reading,
}

export const roleOfPost: Record<string, Role> = {
  administrator: 'administrator',
  secretary: 'manager',
  deputySecretary: 'manager',
  staff: 'staff',
  committeeMember: 'staff',
  reviewer: 'reader',
}
