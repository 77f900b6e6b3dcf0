/** Sentences and formulas as an office reads and writes them: 「地点」 for {place}. Browser-safe. */
import { titleOf } from '../declared.ts'
import type { LedgerDefinition } from '../definition.ts'
import { isDate, isNumber } from '../fields/types.ts'

export type Place = 'record' | 'period' | 'formula'

/** What may be inserted in which place: ids with the office's words. */
export function slotsFor(d: LedgerDefinition, place: Place): { id: string; title: string }[] {
  const common = (ids: string[]) => ids.map((id) => ({ id, title: titleOf(d, id) }))
  const fields = d.fields.filter((f) => !f.retired)
  const times = d.personTimes ? ['personTimes'] : []
  if (place === 'formula') {
    const numbers = fields.filter((f) => isNumber(f) || isDate(f))
    return [...numbers, ...common(['day', ...(d.day.span ? ['dayTo'] : []), ...times])]
  }
  if (place === 'record')
    return [
      ...common(['day', 'org', 'title', ...times, ...(d.joint ? ['hosts'] : [])]),
      ...fields,
      ...d.roles.filter((r) => !r.retired),
    ].map(({ id, title }) => ({ id, title }))
  const implied = [
    { id: 'count', title: '条数' },
    ...(d.personTimes ? [{ id: 'personTimes', title: '人次' }] : []),
    ...(d.roles.some((r) => r.attends !== false) ? [{ id: 'people', title: '人数' }] : []),
  ]
  return [...common(['org', 'period']), ...implied, ...d.measures.map(({ id, title }) => ({ id, title }))]
}

/** {volume} → 「献血量」; what stands behind ? or : within the braces stays. */
export function spoken(d: LedgerDefinition, place: Place, text: string): string {
  const titles = new Map(slotsFor(d, place).map((s) => [s.id, s.title]))
  return text.replace(/\{([A-Za-z][A-Za-z0-9]*)([^{}]*)\}/g, (_, id: string, rest: string) => {
    const title = titles.get(id)
    return title === undefined || /[「」{}?:：]/.test(title) ? `「${id}${rest}」` : `「${title}${rest}」`
  })
}

/** The way back; words that name nothing stay, and are told as a fault. */
export function coded(d: LedgerDefinition, place: Place, text: string): string {
  const ids = new Map(
    slotsFor(d, place)
      .map((s) => [s.title, s.id])
      .reverse() as [string, string][],
  )
  return text.replace(/「([^「」?:：]*)([^「」]*)」/g, (_, title: string, rest: string) => {
    return `{${ids.get(title) ?? title}${rest}}`
  })
}
