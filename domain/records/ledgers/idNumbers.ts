/**
 * ID numbers do not belong into the words of a record, which lists, sheets and printed pages show to everybody who may
 * read it: they are registered with the person, sealed. Whoever types one is told; of a sheet they are taken out.
 */
import type { FieldProblem } from '../../../kernel/errors.ts'
import { idNumberProblem } from '../../structure/people/idNumbersInTexts.ts'
import { withoutIdNumbers, writesIdNumber } from '../../structure/people/mask.ts'
import type { LedgerDefinition } from './definition.ts'
import type { RecordDraft } from './rules.ts'

type Worded = Pick<RecordDraft, 'title' | 'fields' | 'participants'>

/** `before`: what stands in the record already; only what is newly written is refused. */
export function idNumberProblems(
  { name, fields }: LedgerDefinition,
  draft: Worded,
  before?: { fields: Record<string, unknown> },
): FieldProblem[] {
  const titles = new Map(fields.map((f) => [f.id, f.title]))
  const texts: [field: string, title: string, text: unknown][] = [
    ['title', name.label, draft.title],
    ...Object.entries(draft.fields ?? {})
      .filter(([id, value]) => value !== before?.fields[id])
      .map(([id, value]): [string, string, unknown] => [id, titles.get(id) ?? id, value]),
    ...(draft.participants ?? []).map((one, at): [string, string, unknown] => [
      `participants.${at}`,
      '姓名',
      one.name,
    ]),
  ]
  return texts.flatMap(([field, title, text]) =>
    typeof text === 'string' && writesIdNumber(text) ? [idNumberProblem(field, title)] : [],
  )
}

/** The same words with the numbers taken out, and the fields in which they stood. */
export function withIdNumbersTakenOut<D extends Worded>(
  definition: LedgerDefinition,
  draft: D,
): { draft: D; taken: string[] } {
  const taken = idNumberProblems(definition, draft).map(({ field }) => field)
  if (taken.length === 0) return { draft, taken }
  const clean = <T>(value: T) => (typeof value === 'string' ? withoutIdNumbers(value) : value)
  const { title, fields = {}, participants = [] } = draft
  return {
    taken,
    draft: {
      ...draft,
      ...(title !== undefined && { title: clean(title) }),
      fields: Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, clean(value)])),
      participants: participants.map((one) => ({ ...one, ...(one.name && { name: clean(one.name) }) })),
    },
  }
}
