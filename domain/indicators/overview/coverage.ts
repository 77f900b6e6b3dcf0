/** 覆盖: what a measure, or the last record, comes to in each organisation below; who is reached and who is not. */

import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { asked as askedOf, inWords } from '../../../kernel/filters.ts'
import { measure } from '../../../kernel/measureId.ts'
import { dateInWords, daysBetween } from '../../../kernel/period.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import { sectors, titleOf } from '../../structure/organisations/words.ts'
import { dimensionOf, measureOf, sourceOf } from '../catalogue.ts'
import { ask } from '../query.ts'
import { byPath } from '../readings/apart.ts'
import { sayByUnit } from '../readings/read.ts'
import { display } from '../readings/said.ts'
import { selectIn } from '../readings/selection.ts'
import { rowsOf } from '../readings/statement.ts'
import { codeOfUnit, frameOver, type Unit, type Units, unitsIn, unitsUnder } from '../readings/units.ts'
import { whereOf } from '../where.ts'
import { sayValue, shareOf } from '../words.ts'
import { selectOver, wholeByUnit } from './compared.ts'
import {
  type Coverage,
  type CoverageShare,
  type CoverageTile,
  type getCoverage,
  LAST_RECORD,
} from './contract.ts'
import { frameOfRecords, type Looked, lookAt } from './looking.ts'

type Query = Input<typeof getCoverage>['query']
type Answer = Pick<CoverageTile, 'value' | 'display' | 'missing' | 'covered'>
type Asked = Pick<Coverage, 'asked' | 'unit' | 'question'>

export async function coverage(caller: Context, { query }: Input<typeof getCoverage>): Promise<Coverage> {
  const looked = await lookAt(caller, query)
  const { ctx, org, framed } = looked
  const list = await unitsBelow(ctx, org, framed.frame.asOf)
  const said =
    query.measure === LAST_RECORD ? await bySilence(looked, list) : await byMeasure(looked, list, query)
  const names = new Map((await unitsUnder(ctx, [org.id], framed.frame.asOf)).map((u) => [u.id, u.name]))
  const tiles = list.map((u) => ({
    orgId: u.id,
    name: u.name,
    sector: u.sector,
    sectorTitle: titleOf(sectors, u.sector),
    under: names.get(u.parentId) ?? null,
    ...(said.answers.get(u.code) ?? NOTHING),
  }))
  return {
    org: { id: framed.org.id, code: framed.org.code, name: framed.org.name },
    ...said.asked,
    tiles,
    shares: sharesOf(tiles, framed.percent),
  }
}

const NOTHING: Answer = { value: null, display: '—', missing: true, covered: false }

/** What stands directly below; of townships and counties, what stands below them, each under its own. */
async function unitsBelow(ctx: Context, org: Org, asOf: string): Promise<Unit[]> {
  const direct = await unitsUnder(ctx, [org.id], asOf)
  const places = direct.filter((u) => u.sector === 'territory')
  const below = await unitsUnder(
    ctx,
    places.map((u) => u.id),
    asOf,
  )
  const opened = direct.filter((u) => below.some((b) => b.parentId === u.id))
  return [
    ...opened.flatMap((place) => bySector(below.filter((b) => b.parentId === place.id))),
    ...bySector(direct.filter((u) => !opened.includes(u))),
  ]
}

const placeOf = (sector: string) => sectors.findIndex((s) => s.value === sector)
const bySector = (units: Unit[]) => [...units].sort((a, b) => placeOf(a.sector) - placeOf(b.sector))

async function byMeasure(
  looked: Looked,
  list: Unit[],
  query: Query,
): Promise<{ asked: Asked; answers: Map<string, Answer> }> {
  const { ctx, all, org, framed, period } = looked
  const measure = measureOf(all, query.measure)
  const source = sourceOf(all, measure)
  const where = query.where ? whereOf(query.where) : {}
  const filters = Object.entries(where).map(([key, text]) => inWords(dimensionOf(source, key), text))
  const when = source.timing === 'stock' ? `截至${dateInWords(period.to)}` : period.label
  const units = await unitsIn(ctx, org.id, list, framed.frame)
  const meant = await askedOf(ctx, where, (key) => dimensionOf(source, key))
  const parts = units && selectOver(all, measure, units, framed.frame, meant)
  const question = { measure: measure.id, from: period.from, to: period.to, ...(query.where && { where }) }
  const asked = {
    asked: `${when}，${measure.title}${filters.length > 0 ? `（${filters.join('；')}）` : ''}`,
    unit: measure.unit,
    question,
  }
  if (!units || !parts) return { asked, answers: await oneByOne(looked, list, question) }
  const answers = wholeByUnit(measure, parts, units, await sayByUnit(ctx, parts, units))
  const told = [...answers].map(([code, whole]): [string, Answer] => [
    code,
    answerOf(whole.value, display(measure, whole, framed.percent)),
  ])
  return { asked, answers: new Map(told) }
}

const answerOf = (value: Answer['value'], shown: string): Answer => ({
  value,
  display: shown,
  missing: value === null,
  covered: value !== null && value !== 0,
})

/** Of measures whose units cannot be told apart in one reading. */
async function oneByOne({ ctx, all }: Looked, list: Unit[], question: NonNullable<Coverage['question']>) {
  const answers = new Map<string, Answer>()
  for (const unit of list) {
    const answer = await ask(ctx, { ...question, org: unit.id }, all)
    answers.set(unit.code, answerOf(answer.value, answer.display))
  }
  return answers
}

const FIRST_DAY = '0001-01-01'
const LATELY_DAYS = 30

async function bySilence(
  { ctx, all, org, period }: Looked,
  list: Unit[],
): Promise<{ asked: Asked; answers: Map<string, Answer> }> {
  const [day = ctx.today] = [period.to, ctx.today].sort()
  const { frame } = await frameOfRecords(ctx, all, org.id, { from: FIRST_DAY, to: day })
  const units = await unitsIn(ctx, org.id, list, frame)
  const last = units ? await lastDays(ctx, { all, org, units, frame }) : new Map<string, string>()
  const answers = list.map(({ code }): [string, Answer] => {
    const on = last.get(code)
    if (!on) return [code, NOTHING]
    const days = daysBetween(on, day)
    const shown = days === 0 ? '当天' : `${days} 天前`
    return [code, { value: days, display: shown, missing: false, covered: days <= LATELY_DAYS }]
  })
  return {
    asked: { asked: `截至${dateInWords(day)}，${LATELY_DAYS} 天内有新记录`, unit: '天', question: null },
    answers: new Map(answers),
  }
}

async function lastDays(
  ctx: Context,
  { all, units, frame }: Pick<Looked, 'all' | 'org'> & { units: Units; frame: Looked['framed']['frame'] },
): Promise<Map<string, string>> {
  const s = selectIn(all, measureOf(all, measure('record.count')), frameOver(units, frame, 'flow'))
  const { key, join } = byPath(s, codeOfUnit(units, s.frame, 'flow'))
  const { rows } = await sql<{ unit: string | null; lastDay: string }>`
    select ${key} as unit, max(r.day) as last_day ${rowsOf(s, join)} group by 1`.execute(ctx.db)
  return new Map(rows.map((r) => [r.unit ?? '', r.lastDay]))
}

function sharesOf(tiles: CoverageTile[], percent: 'cut' | 'round'): CoverageShare[] {
  const share = (sector: string | null, title: string, of: CoverageTile[]): CoverageShare => {
    const covered = of.filter((t) => t.covered).length
    const value = of.length === 0 ? null : shareOf(covered, of.length, '%')
    const shown = sayValue({
      value,
      measure: { unit: '%', kind: 'ratio' },
      fraction: [covered, of.length],
      percent,
    })
    return { sector, title, covered, total: of.length, display: shown }
  }
  const found = [...new Set(tiles.map((t) => t.sector))]
  const ordered = sectors.filter((s) => found.includes(s.value))
  return [
    share(null, '全部下级', tiles),
    ...ordered.map((s) =>
      share(
        s.value,
        s.title,
        tiles.filter((t) => t.sector === s.value),
      ),
    ),
  ]
}
