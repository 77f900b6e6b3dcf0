/** 不足 proposed from data: facts with figures and the organisations concerned, each with a plain next step. */
import { measure } from '../../../kernel/measureId.ts'
import { previousOf } from '../../../kernel/period.ts'
import type { FigureGroup, FigureQuestion } from '../../indicators/contract.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import { parseSentence } from '../../records/ledgers/sentences.ts'
import {
  coveredBy,
  type FigureSpec,
  figure,
  type Paragraph,
  paragraph,
  questionOf,
  type SummaryFrame,
} from './model.ts'
import { type Answer, composed } from './records.ts'

type Values = Record<string, number>

interface ProblemRule {
  key: string
  title: string
  text: string
  next: string
  figures: (frame: SummaryFrame) => Record<string, FigureSpec>
  /** Is it a problem? Missing values are not 0, and never a problem of this kind. */
  holds: (values: Values) => boolean
  /** The figure whose organisations are listed. */
  orgsOf?: string
}

/** Same period a year earlier, for a measure of the summary. */
function yearBefore(frame: SummaryFrame): FigureSpec['period'] {
  const { from, to } = previousOf(coveredBy(frame))
  return { from, to }
}

const some = (name: string) => (values: Values) => (values[name] ?? 0) > 0

const rules: ProblemRule[] = [
  {
    key: 'silentSubordinates',
    title: '下级组织没有开展工作的记录',
    text: '有{silent}直接下级团组织没有开展工作的记录[，其中村团组织{villages}]。',
    next: '联系没有记录的团组织，了解情况，帮助开展活动、补记台账。',
    figures: () => ({
      silent: { measure: measure('record.silentSubordinates') },
      villages: { measure: measure('record.silentSubordinates'), where: { sector: 'village' } },
    }),
    holds: some('silent'),
    orgsOf: 'silent',
  },
  {
    key: 'vacancies',
    title: '团组织书记空缺',
    text: '有{vacant}团组织书记空缺。',
    next: '会同党组织，为书记空缺的团组织选配书记。',
    figures: () => ({ vacant: { measure: measure('org.withoutSecretary') } }),
    holds: some('vacant'),
    orgsOf: 'vacant',
  },
  {
    key: 'overdueTerms',
    title: '任期届满未换届',
    text: '有{overdue}团组织任期届满未换届。',
    next: '列出任期届满的团组织，逐个确定换届时间。',
    figures: () => ({ overdue: { measure: measure('org.termOverdue') } }),
    holds: some('overdue'),
    orgsOf: 'overdue',
  },
  {
    key: 'withoutPartyLink',
    title: '没有登记党建带团建关系',
    text: '有{without}下级团组织没有登记党建带团建关系。',
    next: '与党组织对接，明确党建带团建关系并登记。',
    figures: () => ({
      without: { measure: measure('org.withoutPartyLink'), depth: '1' },
      all: { measure: measure('org.subordinates') },
    }),
    // Where nobody keeps it, it is not kept yet rather than wanting.
    holds: ({ without = 0, all = 0 }) => without > 0 && without < all,
    orgsOf: 'without',
  },
  {
    key: 'fewerAdmissions',
    title: '发展团员少于上年同期',
    text: '新发展团员{admitted}，上年同期为{before}。',
    next: '排出入团积极分子名单和发展时间。',
    figures: (frame) => ({
      admitted: { measure: measure('members.admitted') },
      before: { measure: measure('members.admitted'), period: yearBefore(frame) },
    }),
    holds: ({ admitted, before }) => admitted !== undefined && before !== undefined && admitted < before,
  },
]

/** What ledgers declare, in their order. A figure is listed by the organisations behind it. */
function declaredRules(definitions: readonly LedgerDefinition[]): ProblemRule[] {
  return definitions.flatMap((d) =>
    (d.problems ?? []).map(({ id, figures, when, ...said }) => ({
      ...said,
      key: id,
      figures: () =>
        Object.fromEntries(
          Object.entries(figures).map(([name, spec]) => [
            name,
            { ...spec, measure: spec.measure.includes('.') ? spec.measure : `${d.id}.${spec.measure}` },
          ]),
        ),
      holds: (values: Values) => (values[when.figure] ?? 0) > (values[when.above ?? ''] ?? 0),
      orgsOf: when.figure,
    })),
  )
}

export interface Proposed {
  key: string
  title: string
  paragraph: Paragraph
  nextStep: Paragraph
  orgs: { id: string; code: string; name: string }[]
}

export interface Proposing {
  /** Those that the caller sees, in their order. */
  ledgers: readonly LedgerDefinition[]
  frame: SummaryFrame
  knows: (measure: string) => boolean
  answer: Answer
  /** The same question by child organisation. */
  groups: (question: FigureQuestion) => Promise<FigureGroup[]>
  /** Titles of ledgers without a record and without 本期无. */
  emptyLedgers: () => Promise<string[]>
}

export async function problemsOf(how: Proposing): Promise<Proposed[]> {
  const found: Proposed[] = []
  for (const rule of [...declaredRules(how.ledgers), ...rules]) {
    const proposed = await propose(rule, how)
    if (proposed) found.push(proposed)
  }
  const ledgers = await how.emptyLedgers()
  return ledgers.length > 0 ? [...found, missingLedgers(ledgers)] : found
}

async function propose(rule: ProblemRule, how: Proposing): Promise<Proposed | null> {
  const figures = rule.figures(how.frame)
  if (Object.values(figures).some((f) => !how.knows(f.measure))) return null
  const values: Values = {}
  const runs = await composed(parseSentence(rule.text), async ({ slot }) => {
    const run = figure(figures[slot] ?? { measure: slot })
    return { run, ...(await how.answer(run)) }
  })
  for (const [name, spec] of Object.entries(figures)) {
    const { value } = await how.answer(figure(spec))
    if (typeof value === 'number') values[name] = value
  }
  if (!runs || !rule.holds(values)) return null
  const listed = rule.orgsOf && figures[rule.orgsOf]
  return {
    key: rule.key,
    title: rule.title,
    ...paragraphs(rule.key, runs, rule.next),
    orgs: listed ? await orgsBehind(questionOf(listed, how.frame), how) : [],
  }
}

const paragraphs = (key: string, runs: Paragraph['runs'], next: string) => ({
  paragraph: paragraph(runs, { kind: 'problem', key }),
  nextStep: paragraph([{ type: 'text', text: next }], { kind: 'problem', key: `${key}:next` }),
})

async function orgsBehind(question: FigureQuestion, how: Proposing): Promise<Proposed['orgs']> {
  const groups = await how.groups({ ...question, group: 'org' })
  return groups
    .filter((g) => g.orgId && Number(g.value) > 0)
    .map((g) => ({ id: g.orgId ?? '', code: g.key, name: g.label }))
}

function missingLedgers(titles: string[]): Proposed {
  const list = titles.map((t) => `“${t}”`).join('、')
  const said = `${list}台账没有记录，也没有声明“本期无”。`
  return {
    key: 'missingLedgers',
    title: '台账没有记录',
    ...paragraphs(
      'missingLedgers',
      [{ type: 'text', text: said }],
      `补记${list}台账，确实没有的声明“本期无”。`,
    ),
    orgs: [],
  }
}
