import { organisationTree } from '../../domain/structure/organisations/contract.ts'
import { orgTypes, sectors, titleOf } from '../../domain/structure/organisations/words.ts'
import { type Command, call, textOf } from '../command.ts'

export const orgs: Command = {
  usage: ['orgs [--as-of 日期] [--org 组织]'],
  about: '某一天（默认现在）的组织树；日期可带钟点，如 "2024-05-01 14:00"',
  options: { 'as-of': { type: 'string' }, org: { type: 'string' } },
  async run(line) {
    const asOf = textOf(line, 'as-of')
    const under = textOf(line, 'org')
    const { organisations } = await call(line, organisationTree, {
      query: { ...(asOf && { asOf }), ...(under && { under }) },
    })
    const top = Math.min(...organisations.map((o) => o.path.split('/').length))
    const text = organisations.map((o) => {
      const indent = '  '.repeat(o.path.split('/').length - top)
      return `${indent}${o.name}　${o.code}　${titleOf(orgTypes, o.type)}・${titleOf(sectors, o.sector)}`
    })
    return { json: { organisations, total: organisations.length }, text: text.join('\n') || '还没有组织。' }
  },
}
