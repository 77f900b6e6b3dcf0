/** The list as a message: what, when, how many, who. Pure. */
import { dateInWords } from '../../../kernel/period.ts'
import type { Group, LackingAnswer, Named } from './contract.ts'

const WHAT = { direct: '个下级组织', branches: '个团支部', members: '名团员' }

const names = (items: Named[]) => items.map((one) => one.name).join('、')

const line = ({ title, items }: Group) =>
  title ? `${title}（${items.length}）：${names(items)}` : names(items)

export function textOf(answer: Omit<LackingAnswer, 'text'>): string {
  const { title, asOf, among, considered, count, groups, declared, unnamed } = answer
  const at = `截至${dateInWords(asOf.slice(0, 10))}${asOf.slice(11)}`
  const head = `【${title}】${at}`
  const [only, ...others] = groups
  const body =
    count === 0
      ? [`${considered} ${WHAT[among]}${unnamed.length > 0 ? '里有名单的' : ''}都已完成。`]
      : only && others.length === 0 && !only.title
        ? [`未完成（${count}）：${names(only.items)}`]
        : [`未完成（${count}）：`, ...groups.map(line)]
  return [
    head,
    ...body,
    ...(declared.length > 0 ? [`已报本期无（${declared.length}）：${names(declared)}`] : []),
    ...(unnamed.length > 0
      ? [`只登记了人数、没有登记全部姓名，列不出人的（${unnamed.length}）：${names(unnamed)}`]
      : []),
  ].join('\n')
}
