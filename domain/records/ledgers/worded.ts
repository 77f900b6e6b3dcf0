/** A built-in declaration with its words: from then on it is what an office's own ledger is. */

import { type LedgerWords, wordsIn } from '../words/shape.ts'
import { chosenAs } from '../words/shared.ts'
import type { FieldOption, LedgerDeclaration, LedgerDefinition } from './definition.ts'

/** @throws Error where words are of nothing that the ledger has. */
export function worded(declared: LedgerDeclaration, words: LedgerWords): LedgerDefinition {
  const header = taking(words.headers)
  const option = taking(words.options)
  const { name, day, personTimes, roles, fields } = declared
  const definition: LedgerDefinition = {
    ...declared,
    sheetTitles: wordsIn(words.sheets),
    name: { ...name, ...header('title') },
    org: { synonyms: header('org').synonyms ?? [] },
    day: { ...day, ...header('day') },
    ...(personTimes && { personTimes: { ...personTimes, ...header('personTimes') } }),
    roles: roles.map((role) => ({ ...role, ...header(role.id) })),
    fields: fields.map((field) => ({
      ...field,
      ...header(field.id),
      ...(field.days && { days: field.days.map((day) => ({ ...day, ...header(day.id) })) }),
      ...(field.options && {
        options: field.options.map((one) => chosen(one, option(`${field.id}.${one.value}`).synonyms)),
      }),
    })),
    ...(words.asked && {
      asked: Object.fromEntries(Object.entries(words.asked).map(([id, text]) => [id, wordsIn(text)])),
    }),
  }
  const lost = [...header.left(), ...option.left()]
  if (lost.length > 0) throw new Error(`words of ${declared.id} name what it has not: ${lost.join(', ')}`)
  return definition
}

/** A list that ledgers share brings its words along. */
function chosen(option: FieldOption, own: string[] = []): FieldOption {
  const synonyms = [...(option.synonyms ?? []), ...own, ...chosenAs(option.title)]
  return synonyms.length > 0 ? { ...option, synonyms } : option
}

/** Each text once; `left` names those that nothing took. */
function taking(texts: Record<string, string> = {}) {
  const left = new Set(Object.keys(texts))
  const take = (id: string): { synonyms?: string[] } => {
    const text = texts[id]
    left.delete(id)
    return text === undefined ? {} : { synonyms: wordsIn(text) }
  }
  return Object.assign(take, { left: () => [...left] })
}
