/** A summary out of the ledgers: the outline filled in. It states what is recorded, and invents nothing. */
import type { Context } from '../../../kernel/context.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import { addDays, dateInWords, parsePeriod, yearEarlier } from '../../../kernel/period.ts'
import type { Asker } from '../../indicators/asker.ts'
import type { FigureQuestion } from '../../indicators/contract.ts'
import { ask } from '../../indicators/query.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import { concerns } from '../../records/ledgers/own/rules.ts'
import { ledgers } from '../../records/ledgers/registry.ts'
import { parseSentence } from '../../records/ledgers/sentences.ts'
import { type Org, treeAt } from '../../structure/organisations/queries.ts'
import {
  type Body,
  coveredBy,
  figure,
  type Paragraph,
  paragraph,
  questionOf,
  type Section,
  type SummaryFrame,
} from './model.ts'
import {
  type Kind,
  ORGANISATION_LINE,
  type OutlineSentence,
  outlineFor,
  plansTitle,
  sectionTitles,
} from './outline.ts'
import { type Proposed, problemsOf } from './problems.ts'
import { ownRecords } from './queries.ts'
import { type Answer, composed, isEnough, ledgerParagraphs, type Telling } from './records.ts'

export interface Drafting {
  org: Org
  frame: SummaryFrame
  all: Catalogue
  asker: Asker
}

export interface Draft {
  title: string
  body: Body
}

export async function draft(ctx: Context, how: Drafting): Promise<Draft> {
  const { label } = parsePeriod(how.frame.period)
  const telling = tellingOf(ctx, how)
  const outline = await outlineParagraphs(ctx, how, telling)
  const lines = await linesOfWork(ctx, how, telling, outline('organisation'))
  const problems = await problemsFor(ctx, how)
  const section = (key: keyof typeof sectionTitles, paragraphs: Paragraph[]): Section => ({
    id: key,
    level: 1,
    title: sectionTitles[key],
    paragraphs,
  })
  const sections = [
    section('opening', outline('opening')),
    section('basics', outline('basics')),
    section('work', []),
    ...lines,
    section(
      'problems',
      problems.map((p) => p.paragraph),
    ),
    {
      id: 'plans',
      level: 1 as const,
      title: plansTitle(how.frame.period),
      paragraphs: problems.map((p) => p.nextStep),
    },
  ]
  return { title: `${how.org.name}${label}工作总结`, body: { sections } }
}

function answerOf({ asker, frame }: Drafting): Answer {
  return async (run) => {
    const given = await asker(questionOf(run.question, frame))
    // A number that is in doubt is for the office to look into, and for no text.
    if ('refused' in given || given.answer.doubtful) return { value: null, unit: '' }
    const { value, unit, stated } = given.answer
    return { value, unit, ...(stated && { stated }) }
  }
}

/** Things told in one sentence. */
const THINGS = 8

const tellingOf = (ctx: Context, how: Drafting): Telling => ({
  orgName: how.org.name,
  periodLabel: parsePeriod(how.frame.period).label,
  knows: (measure) => how.all.measures.has(measure),
  answer: answerOf(how),
  things: async (measure) => {
    const { groups = [] } = await ask(ctx, { ...questionOf({ measure }, how.frame), group: 'thing' }, how.all)
    return [...groups]
      .sort((a, b) => b.count - a.count)
      .slice(0, THINGS)
      .map(({ key }) => ({
        what: key.slice(0, key.lastIndexOf(' ')),
        unit: key.slice(key.lastIndexOf(' ') + 1),
      }))
  },
})

/** Paragraphs of the outline's own sentences, by section. */
async function outlineParagraphs(ctx: Context, how: Drafting, telling: Telling) {
  const kinds = await kindsBelow(ctx, how)
  const made: { section: string; paragraph: Paragraph }[] = []
  for (const sentence of outlineFor(kinds)) {
    if (await saysNothingNew(sentence, telling)) continue
    const runs = await outlineRuns(sentence, how, telling)
    if (runs && runs.length > 0)
      made.push({
        section: sentence.section,
        paragraph: paragraph(runs, { kind: 'outline', key: sentence.id }),
      })
  }
  return (section: OutlineSentence['section']) =>
    made.filter((m) => m.section === section).map((m) => m.paragraph)
}

async function saysNothingNew({ unlessEqual, figures }: OutlineSentence, { answer }: Telling) {
  if (!unlessEqual) return false
  const [a, b] = unlessEqual.map((name) => figures[name])
  if (!a || !b) return false
  return (await answer(figure(a))).value === (await answer(figure(b))).value
}

function outlineRuns(sentence: OutlineSentence, { frame }: Drafting, telling: Telling) {
  const words: Record<string, string> = {
    org: telling.orgName,
    period: telling.periodLabel,
    until: cutShort(frame),
  }
  return composed(
    parseSentence(sentence.text),
    async ({ slot }) => {
      const spec = sentence.figures[slot]
      if (!spec) return { words: words[slot] ?? '' }
      if (!telling.knows(spec.measure)) return null
      const run = figure(spec)
      return { run, ...(await telling.answer(run)) }
    },
    sentence.whenMissing ?? (Object.keys(sentence.figures).length > 0 ? 'drop' : 'mark'),
  )
}

/** （截至6月18日）, where the data ends before the period does. */
function cutShort(frame: SummaryFrame): string {
  const { to } = coveredBy(frame)
  if (to >= parsePeriod(frame.period).to) return ''
  return `（截至${dateInWords(to, 'day', { withinYear: Number(to.slice(0, 4)) })}）`
}

/** Which sectors and types the direct subordinates are of, in the order of the tree's own lists. */
async function kindsBelow(ctx: Context, { org, frame }: Drafting): Promise<Kind[]> {
  const tree = await treeAt(ctx, { root: org.id, asOf: coveredBy(frame).to })
  const below = tree.filter(
    (o) => o.parentId === org.id && o.type !== 'pioneersCommittee' && o.type !== 'group',
  )
  const kinds = below.map(({ sector, type, level }): [string, Kind] => [
    `${sector} ${type} ${level}`,
    { sector, type, level },
  ])
  return [...new Map(kinds).values()]
}

async function linesOfWork(
  ctx: Context,
  how: Drafting,
  telling: Telling,
  organisation: Paragraph[],
): Promise<Section[]> {
  const { from, to } = coveredBy(how.frame)
  const records = await ownRecords(ctx, how.org, { from, to })
  const byLine = new Map<string, Paragraph[]>([[ORGANISATION_LINE, organisation]])
  for (const definition of await inOrder(ctx)) {
    const own = records.filter((r) => r.ledger === definition.id)
    const told = await ledgerParagraphs(definition, own, telling)
    byLine.set(definition.line, [...(byLine.get(definition.line) ?? []), ...told])
  }
  return [...byLine]
    .filter(([, paragraphs]) => paragraphs.length > 0)
    .map(([title, paragraphs]) => ({ id: `line:${title}`, level: 2, title, paragraphs }))
}

const inOrder = async (ctx: Context): Promise<LedgerDefinition[]> =>
  [...(await ledgers(ctx))].sort((a, b) => a.order - b.order)

export async function problemsFor(ctx: Context, how: Drafting): Promise<Proposed[]> {
  const answer = answerOf(how)
  return problemsOf({
    ledgers: await inOrder(ctx),
    frame: how.frame,
    knows: (measure) => how.all.measures.has(measure),
    answer,
    groups: async (question: FigureQuestion) => (await ask(ctx, question, how.all)).groups ?? [],
    emptyLedgers: async () => (await ledgersLeftOff(ctx, how)).map((l) => l.title),
  })
}

/** Of those without a record, which were kept in the year before: one never kept is no shortcoming. */
async function ledgersLeftOff(ctx: Context, how: Pick<Drafting, 'asker' | 'frame' | 'org'>) {
  const { from } = coveredBy(how.frame)
  const yearBefore = { ...yearEarlier({ from }), to: addDays(from, -1) }
  const kept = []
  for (const one of await ledgersWithout(ctx, how)) {
    const question = { measure: `${one.id}.count`, period: yearBefore }
    const given = await how.asker(questionOf(question, how.frame))
    if ('answer' in given && !given.answer.missing) kept.push(one)
  }
  return kept
}

/** Ledgers that hold no record of the period, and nobody declared 本期无. */
export async function ledgersWithout(
  ctx: Context,
  how: Pick<Drafting, 'asker' | 'frame' | 'org'>,
): Promise<{ id: string; title: string; reason: string }[]> {
  const empty: { id: string; title: string; reason: string }[] = []
  const due = (await inOrder(ctx)).filter((d) => concerns(d, how.org))
  for (const { id, title } of due) {
    const given = await how.asker(questionOf({ measure: `${id}.count` }, how.frame))
    if ('answer' in given && given.answer.missing)
      empty.push({ id, title, reason: given.answer.missingReason ?? '没有记录' })
  }
  return empty
}

/** Bases known for too few organisations to be told: their sentence is left out, and why. */
export async function basesTooThin(
  ctx: Context,
  how: Pick<Drafting, 'asker' | 'frame' | 'org'>,
): Promise<{ id: string; title: string; reason: string }[]> {
  const thin: { id: string; title: string; reason: string }[] = []
  for (const { id, title, base, sentences } of await inOrder(ctx)) {
    const needs = Math.max(...sentences.map((one) => one.needs ?? 0))
    const given =
      base && needs > 0 ? await how.asker(questionOf({ measure: `${id}.count` }, how.frame)) : null
    if (!given || 'refused' in given) continue
    const { stated } = given.answer
    if (stated && !isEnough(stated, needs))
      thin.push({
        id,
        title,
        reason: `已登记${stated.by}个，共${stated.of}个组织，不到${needs}%，没有写进总结`,
      })
  }
  return thin
}
