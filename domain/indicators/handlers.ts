import { act } from '../../kernel/act.ts'
import type { Context } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Catalogue, Measure } from '../../kernel/measures.ts'
import { termKey } from '../../kernel/pinyin.ts'
import { type AnyRoute, type Call, route } from '../../kernel/route.ts'
import { findOrg, requireOrg } from '../structure/organisations/queries.ts'
import { askedIn } from './asked/asked.ts'
import { getAsked } from './asked/contract.ts'
import { catalogue, sourceOf } from './catalogue.ts'
import * as contract from './contract.ts'
import { getLacking } from './lacking/contract.ts'
import { lacking } from './lacking/lacking.ts'
import { keepPercentRule, type PercentRule, percentRuleOf } from './percentRule.ts'
import { ask, askEach, evidence } from './query.ts'
import { whereOf } from './where.ts'

interface AddressQuestion extends Omit<contract.FigureQuestion, 'where'> {
  where?: string | undefined
}

/** The question of a web address, whose filters are written as JSON. */
const questionOf = ({ where, ...rest }: AddressQuestion): contract.FigureQuestion =>
  where ? { ...rest, where: whereOf(where) } : rest

export function entryOf(all: Catalogue, measure: Measure): contract.MeasureEntry {
  const source = sourceOf(all, measure)
  const filters = Object.entries(source.dimensions).map(([key, d]) => ({
    key,
    title: d.title,
    type: d.type,
    ...(d.options && { options: d.options.map(({ value, title }) => ({ value, title })) }),
  }))
  return {
    id: measure.id,
    title: measure.title,
    group: measure.group,
    unit: measure.unit,
    kind: measure.kind,
    timing: source.timing,
    definition: measure.definition,
    nameKey: termKey(measure.title),
    headline: measure.headline === true,
    filters,
    groupings: ['org', ...filters.filter((filter) => filter.type !== 'person').map((filter) => filter.key)],
  }
}

async function listMeasures(ctx: Context) {
  const all = await catalogue(ctx)
  return { measures: [...all.measures.values()].map((m) => entryOf(all, m)) }
}

async function askMany(ctx: Context, { questions, digest }: Call<typeof contract.askFigures>['body']) {
  const answers = await askEach(ctx, questions, await catalogue(ctx), { digest: digest === true })
  return { answers: answers.map(understood) }
}

function understood(answer: contract.FigureAnswer | Refusal): contract.FigureAnswer {
  if (answer instanceof Refusal) throw answer
  return answer
}

async function percentRule(ctx: Context, reference: string) {
  const org = await findOrg(ctx, reference)
  requireOrg(ctx, 'figures.read', org)
  return { percent: await percentRuleOf(ctx, org.path) }
}

async function decidePercentRule(ctx: Context, reference: string, percent: PercentRule) {
  const org = await findOrg(ctx, reference)
  const deed = {
    action: 'summaries.submit',
    verb: 'decide',
    org,
    subject: 'percentRule',
    subjectId: org.id,
  } as const
  return act(ctx, { ...deed, detail: { percent } }, async () => {
    await keepPercentRule(ctx, org.path, percent)
    return { percent }
  })
}

export const routes: AnyRoute[] = [
  route(contract.getPercentRule, (ctx, { query }) => percentRule(ctx, query.org)),
  route(contract.setPercentRule, (ctx, { query, body }) => decidePercentRule(ctx, query.org, body.percent)),
  route(contract.getMeasures, listMeasures),
  route(contract.getFigure, (ctx, { query: { digest, ...question } }) =>
    ask(ctx, questionOf(question), undefined, { digest: digest === 'yes' }),
  ),
  route(contract.askFigures, (ctx, { body }) => askMany(ctx, body)),
  route(getAsked, (ctx, { query }) => askedIn(ctx, query)),
  route(getLacking, (ctx, { query: { among, ...question } }) => lacking(ctx, questionOf(question), among)),
  route(contract.getEvidence, (ctx, { query: { part, page = 1, size = 50, ...question } }) =>
    evidence(ctx, questionOf(question), { part, page, size }),
  ),
]
