/** Questions of chance over a world, and whether product and calculator say the same. */
import { catalogue } from '../../domain/indicators/catalogue.ts'
import type { FigureAnswer, FigureQuestion } from '../../domain/indicators/contract.ts'
import { askEach } from '../../domain/indicators/query.ts'
import { Refusal } from '../../kernel/errors.ts'
import { TODAY, type World } from './build.ts'
import { type Answer, Calculator } from './calculator.ts'
import { measuresOf } from './definitions.ts'
import type { Question } from './rows.ts'
import { structural } from './structure.ts'
import { openOn, placeOn } from './world.ts'

export const measureIds = (world: World): string[] => [
  ...world.ledgers.flatMap((l) => measuresOf(l).map((m) => `${l.id}.${m.id}`)),
  ...structural,
]

export const PERIODS = [
  ['2024-01-01', '2024-06-30'],
  ['2023-01-01', '2023-12-31'],
  ['2023-01-01', '2024-06-18'],
  ['2024-03-01', '2024-03-31'],
  ['2023-07-01', '2023-09-15'],
] as const

export function questionOn(world: World, measure: string): Question {
  const { chance } = world
  const [from, to] = chance.one(PERIODS)
  const orgs = world.openKeys([to, TODAY].sort()[0] ?? TODAY)
  const wide = orgs.filter((key) => !/branch|class|school/.test(key))
  const org = chance.chance(0.65) ? chance.one(wide) : chance.one(orgs)
  const deepest = measure.endsWith('Coverage') || chance.chance(0.8)
  return {
    measure,
    org,
    from,
    to,
    where: filtersOf(world, measure),
    ...(!deepest && { depth: chance.one([0, 1, 'all'] as const) }),
  }
}

function filtersOf(world: World, id: string): Record<string, string> {
  const { chance } = world
  const [name, of] = id.split('.')
  if (id.startsWith('org.')) return chance.chance(0.2) ? { sector: chance.one(['school', 'village']) } : {}
  if (id.startsWith('members.')) return id === 'members.count' && chance.chance(0.3) ? { sex: 'male' } : {}
  const ledger = world.ledgers.find((l) => l.id === name)
  const measure = ledger && measuresOf(ledger).find((m) => m.id === of)
  if (!ledger || !measure) throw new Error(`unknown ${id}`)
  if (measure.kind === 'quantity') return chance.chance(0.7) ? { unit: chance.one(['吨', '棵']) } : {}
  if (measure.kind === 'linked') return {}
  const people = measure.kind === 'people' || measure.role !== undefined
  if (people && chance.chance(0.3)) return { sex: chance.one(['male', 'female']) }
  const foreign = [measure.numerator, measure.denominator].some((part) => part?.includes('.'))
  if (foreign || !chance.chance(0.35)) return {}
  const field = chance.one(ledger.fields)
  const { id: key, type, options = [] } = field
  if (type === 'choice' || type === 'choices') {
    const values = chance.some(options, chance.between(1, 2)).map((o) => o.value)
    return { [key]: chance.one([values.join(','), values.join(','), `!${values[0]}`, '*']) }
  }
  if (type === 'stage') return { [key]: chance.one(options).value }
  if (type === 'yesNo') return { [key]: chance.one(['是', '否']) }
  if (type === 'integer' || type === 'number' || type === 'money')
    return { [key]: chance.one(['10..', '..20', '*', '空', '5..30']) }
  return type === 'text' ? { [key]: chance.one(['东', '东,西', '!南', '*']) } : {}
}

const asAsked = (world: World, { org, depth, ...q }: Question): FigureQuestion => ({
  ...q,
  org: world.facts.orgs.get(org)?.id ?? '',
  ...(depth !== undefined && { depth: String(depth) as '0' | '1' | 'all' }),
})

export interface Difference {
  question: Question
  group?: string
  product: string
  calculator: string
  /** The rows of the ledger in the period, for a person to count. */
  rows: string[]
}

const said = ({ value, atLeast, unit, several }: Answer): string =>
  several ? '几种' : value === null ? '—' : `${atLeast ? '至少' : ''}${exactly(value)}${unit}`

const exactly = (value: number | string) =>
  typeof value === 'number' ? String(Math.round(value * 1e6) / 1e6) : value

function saidBy(answer: FigureAnswer | Refusal | undefined): string {
  if (!answer || answer instanceof Refusal)
    return answer && /^several/.test(answer.code) ? '几种' : `拒绝：${answer?.message}`
  const { value, bound, unit } = answer
  return said({ value, atLeast: bound === 'atLeast', unit })
}

/** Asks both, and says where they differ. `group`: also told apart by the organisations below. */
export async function differences(world: World, questions: Question[]): Promise<Difference[]> {
  const calculator = new Calculator(world.facts, world.ledgers)
  const found: Difference[] = []
  for (let at = 0; at < questions.length; at += 100) {
    const some = questions.slice(at, at + 100)
    const answers = await world.working(async (ctx) =>
      askEach(
        ctx,
        some.map((q) => asAsked(world, q)),
        await catalogue(ctx),
      ),
    )
    some.forEach((question, i) => {
      const [product, other] = [saidBy(answers[i]), said(calculator.answer(question))]
      if (product !== other) found.push(shown(world, question, product, other))
    })
  }
  return found
}

/** Asks what is below the organisation asked, not below each of its groups. */
const OF_THE_WHOLE = /^org\.|\.towns$|Coverage$/

/** The groups by organisation say what the organisation alone says; those by a value, what its rows say. */
export async function groupDifferences(world: World, questions: Question[]): Promise<Difference[]> {
  const calculator = new Calculator(world.facts, world.ledgers)
  const found: Difference[] = []
  for (const question of questions.filter(({ measure }) => !OF_THE_WHOLE.test(measure))) {
    const group = calculator.isPlain(question) ? world.chance.one(['org', 'month']) : 'org'
    const [answer] = await world.working(async (ctx) =>
      askEach(ctx, [{ ...asAsked(world, question), group }], await catalogue(ctx)),
    )
    if (!answer || answer instanceof Refusal) continue
    const day = [question.to, TODAY].sort()[0] ?? TODAY
    // Of who came from elsewhere, a group holds what it did here.
    const below = [...world.facts.orgs.values()].filter(
      (o) =>
        o.under.length === 1 &&
        openOn(o, day) &&
        placeOn(world.facts, o.key, day).split('/').at(-3) === question.org,
    )
    const byMonth = group === 'month' ? calculator.grouped(question, 'month') : undefined
    for (const { key, orgId, value } of answer.groups ?? []) {
      const unit = below.find((o) => o.id === orgId)
      if (group === 'org' && !unit) continue
      const other = unit ? calculator.answer({ ...ofUnit(question), org: unit.key }) : byMonth?.get(key)
      const [product, ours] = [plain(value), other?.several ? '—' : plain(other?.value ?? null)]
      if (product !== ours)
        found.push({ ...shown(world, question, product, ours), group: `${group} ${unit?.key ?? key}` })
    }
  }
  return found
}

/** Of the direct subordinates, each alone. */
const ofUnit = (q: Question): Question => (q.depth === 1 ? { ...q, depth: 0 } : q)

const plain = (value: number | string | null) => (value === null ? '—' : exactly(value))

function shown(world: World, question: Question, product: string, calculator: string): Difference {
  const [ledger] = question.measure.split('.')
  const rows = world.facts.records.filter((r) => r.ledger === ledger && r.day <= question.to)
  return {
    question,
    product,
    calculator,
    rows: rows
      .slice(0, 40)
      .map(
        ({ id: _id, version: _version, day, ...r }) =>
          `${placeOn(world.facts, r.org, day)} ${day} ${JSON.stringify(r)}`,
      ),
  }
}
