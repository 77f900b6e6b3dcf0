import { checkOption, optionTitle, TWO } from './choice.ts'
import type { FieldKit } from './kit.ts'

/** A list, or one text divided by 、，；; stored in the order of the options. */
export const choices: FieldKit = {
  title: '多选',
  holds: 'options',
  widget: 'someOf',
  many: true,
  check: (field, given) => {
    const list = Array.isArray(given) ? given.map(String) : String(given).split(/[、,，;；]/)
    const chosen = new Set<string>()
    for (const item of list.map((one) => one.trim()).filter(Boolean)) {
      const one = checkOption(field, item)
      if ('fault' in one) return one
      chosen.add(String(one.value))
    }
    const ordered = (field.options ?? []).map((o) => o.value).filter((v) => chosen.has(v))
    return { value: ordered.length > 0 ? ordered : null }
  },
  show: (field, value) =>
    (Array.isArray(value) ? value : [value]).map((one) => optionTitle(field, one)).join('、'),
  sheet: { kind: 'choice' },
  begins: { options: TWO },
}
