/**
 * The algebra of an organisation's life. What people decide is name, type, … and superior, from a moment on; the path
 * follows from the superiors' own lives and is worked out anew after each act. Pure: nothing here reads or writes.
 */
import type { Selectable } from 'kysely'
import { conflict } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { mayHold } from './rules.ts'
import type { OrgSpanTable } from './tables.ts'
import { orgTypes, titleOf } from './words.ts'

export type Span = Selectable<OrgSpanTable>

/** What people decide of an organisation; everything else of a span follows. */
export type Facts = Pick<
  Span,
  'name' | 'nameKey' | 'type' | 'sector' | 'level' | 'kind' | 'parentId' | 'partyLink' | 'place'
>

const FACTS: (keyof Facts)[] = [
  'name',
  'nameKey',
  'type',
  'sector',
  'level',
  'kind',
  'parentId',
  'partyLink',
  'place',
]

export interface Life {
  code: string
  /** In order, without gaps. */
  spans: Span[]
}

/** Every organisation that an act may concern, and all their superiors at any time. */
export type Lives = Map<string, Life>

/** Of two moments; 'infinity' is the latest. */
export const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a
const later = (a: string, b: string): string => [a, b].sort()[1] ?? b

export const spanAt = (spans: readonly Span[], moment: string): Span | undefined =>
  spans.find((s) => s.validFrom <= moment && moment < s.validTo)

/** From a moment on, and no further than the next change of the same fact that is already known. */
export function alteredFrom(spans: readonly Span[], patch: Partial<Facts>, from: string): Span[] {
  const cut = splitAt(spans, from)
  const first = cut.findIndex((s) => s.validFrom === from)
  return joined(overwritten(cut, patch, first, first))
}

/** The wrong value that stands at a moment, for as long as it stands without a break. */
export function correctedAround(spans: readonly Span[], patch: Partial<Facts>, at: string): Span[] {
  const wrong = spans.findIndex((s) => s.validFrom <= at && at < s.validTo)
  return joined(overwritten([...spans], patch, wrong, 0))
}

function overwritten(spans: Span[], patch: Partial<Facts>, start: number, earliest: number): Span[] {
  const result = spans.map((s) => ({ ...s }))
  for (const key of FACTS) {
    if (!(key in patch)) continue
    const before = spans[start]?.[key]
    const same = (i: number) => i >= earliest && spans[i]?.[key] === before
    for (let i = start; i < spans.length && same(i); i++)
      Object.assign(result[i] ?? {}, { [key]: patch[key] })
    for (let i = start - 1; i >= 0 && same(i); i--) Object.assign(result[i] ?? {}, { [key]: patch[key] })
  }
  return result
}

function splitAt(spans: readonly Span[], moment: string): Span[] {
  return spans.flatMap((s) =>
    s.validFrom < moment && moment < s.validTo
      ? [
          { ...s, validTo: moment },
          { ...s, id: newId(), validFrom: moment },
        ]
      : [s],
  )
}

/** The life up to a moment. */
export const endedAt = (spans: readonly Span[], moment: string): Span[] =>
  splitAt(spans, moment).filter((s) => s.validFrom < moment)

/** Facts of its own that changed after a moment, which an end at that moment would deny. */
export const changesAfter = (spans: readonly Span[], moment: string): Span[] => {
  const rest = splitAt(spans, moment).filter((s) => s.validFrom >= moment)
  return rest.filter((s, i) => i > 0 && FACTS.some((key) => s[key] !== rest[i - 1]?.[key]))
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    const same = last && last.path === span.path && FACTS.every((key) => last[key] === span[key])
    if (last && same && last.validTo === span.validFrom) last.validTo = span.validTo
    else result.push({ ...span })
  }
  return result
}

/** The same lives with the paths that follow from them. @throws Refusal where a superior is not there to stand under. */
export function repathed(lives: Lives, ids: Iterable<string>): Lives {
  const result: Lives = new Map(lives)
  for (const id of ids) {
    const life = lives.get(id)
    if (!life) continue
    const spans = life.spans.flatMap((span) =>
      stretches(lives, id, span, []).map((stretch, i) => ({
        ...span,
        id: i === 0 ? span.id : newId(),
        ...stretch,
      })),
    )
    result.set(id, { ...life, spans: joined(spans) })
  }
  return result
}

type Stretch = Pick<Span, 'path' | 'validFrom' | 'validTo'>

/** The paths during one span of an organisation, cut wherever a superior's path changes. */
function stretches(lives: Lives, id: string, span: Span, below: string[]): Stretch[] {
  const { parentId, validFrom, validTo } = span
  const own = `${lives.get(id)?.code}/`
  if (parentId === null) return [{ path: `/${own}`, validFrom, validTo }]
  if (below.includes(parentId) || parentId === id)
    throw conflict('underItself', `“${span.name}”不能划到自己或自己的下级下面，请另选上级。`)
  const above = lives.get(parentId)?.spans ?? []
  const found = above.flatMap((parent) => {
    const from = later(parent.validFrom, validFrom)
    const to = earlier(parent.validTo, validTo)
    if (from >= to) return []
    checkHolds(parent, span)
    const within = { ...parent, validFrom: from, validTo: to }
    return stretches(lives, parentId, within, [...below, id]).map((s) => ({ ...s, path: s.path + own }))
  })
  checkCovered(found, span, above)
  return found
}

function checkHolds(parent: Span, child: Span): void {
  if (mayHold(parent.type, child.type)) return
  throw conflict(
    'cannotHold',
    `“${parent.name}”是${titleOf(orgTypes, parent.type)}，下面不能设${titleOf(orgTypes, child.type)}（${child.name}）。请改选上级，或先变更“${parent.name}”的类型。`,
  )
}

function checkCovered(found: Stretch[], span: Span, above: readonly Span[]): void {
  const first = found[0]
  const last = found.at(-1)
  if (first?.validFrom === span.validFrom && last?.validTo === span.validTo) return
  const name = above.at(-1)?.name ?? ''
  const opened = above[0]?.validFrom ?? ''
  if (opened > span.validFrom)
    throw conflict(
      'parentNotOpen',
      `上级“${name}”${opened.slice(0, 10)} 才设立，“${span.name}”在它下面的日期不能早于这一天（现为 ${span.validFrom.slice(0, 10)}）。请改晚日期，或先更正上级的设立日期。`,
    )
  throw conflict(
    'parentClosed',
    `上级“${name}”在 ${(above.at(-1)?.validTo ?? '').slice(0, 10)} 之后已不存在，而“${span.name}”还在它下面。请先划转“${span.name}”，或改用别的日期。`,
  )
}
