/** Joint hosts over random trees, against an oracle that knows nothing but the words of decision 0026. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction } from '../../../test/worlds/tree.ts'
import { routes } from '../../index.ts'
import { getFigure } from '../../indicators/contract.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import type { Org } from '../../structure/organisations/queries.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

let planted = 1000

/** A city of its own: two counties, with three or four townships and their branches. */
async function plant(shape: number[]): Promise<Org[]> {
  return inTransaction(world.services, async (ctx) => {
    const open = (parent: Org | null, name: string, type: string, level?: string) =>
      openOrg(ctx, {
        parent,
        name,
        type,
        sector: 'territory',
        on: '2020-01-01',
        ...(level && { level }),
        ...(!parent && { code: `99${planted}` }),
      })
    planted += 1
    const city = await open(null, `第${planted}市`, 'committee', 'city')
    const counties = [
      await open(city, '甲县', 'committee', 'county'),
      await open(city, '乙县', 'committee', 'county'),
    ]
    const orgs = [city, ...counties]
    for (const [at, branches] of shape.entries()) {
      const town = await open(counties[at % 2] ?? city, `第${at}镇`, 'committee', 'township')
      orgs.push(town)
      for (let b = 0; b < branches; b++) orgs.push(await open(town, `${at}镇${b}村团支部`, 'branch'))
    }
    return orgs
  })
}

const secretaryOf = ({ id, countyId, path, level }: Org): Actor =>
  actorWith([{ orgId: id, countyId: level === 'city' ? null : countyId, path, role: 'manager' }])

function called(actor: Actor, id: string, input: object): Promise<unknown> {
  const found = routes.find((r) => r.endpoint.id === id) as Route
  return run(world.services, actor, found, input)
}

/** What stands, in plain words: whose it is, how many were there, and who agreed. */
interface Told {
  id: string
  by: Org
  version: number
  times: number
  voided: boolean
  hosts: Map<Org, string>
}

const below = (org: Org, top: Org) => org.path.startsWith(top.path)
const superiorOf = (org: Org, orgs: Org[]) => orgs.find((o) => o.id === org.parentId) ?? org

const figureOf = (org: Org, told: Told[]) =>
  told
    .filter((t) => !t.voided)
    .filter((t) =>
      [t.by, ...[...t.hosts].filter(([, s]) => s === 'agreed').map(([h]) => h)].some((o) => below(o, org)),
    )
    .reduce((sum, t) => sum + t.times, 0)

const step = fc.record({
  what: fc.constantFrom('record', 'answer', 'answer', 'change', 'void'),
  who: fc.nat(99),
  which: fc.nat(99),
  hosts: fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }),
  answer: fc.constantFrom('agree', 'agree', 'decline', 'leave'),
  times: fc.integer({ min: 1, max: 100_000 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(orgs: Org[], told: Told[], s: Step): Promise<void> {
  const pick = (n: number) => orgs[n % orgs.length] as Org
  const who = pick(s.who)
  const one = told[s.which % Math.max(told.length, 1)]
  const near = (by: Org, host: Org) => below(host, superiorOf(by, orgs)) || below(host, who)
  if (s.what === 'record') {
    const hosts = [...new Set(s.hosts.map(pick))].filter((h) => h !== who)
    const body = {
      day: '2024-03-12',
      title: '联合',
      orgId: who.id,
      personTimes: s.times,
      hosts: hosts.map((h) => h.id),
    }
    const made = await called(secretaryOf(who), 'records.create', {
      params: { ledger: 'themeActivity' },
      body,
    })
    const states = hosts.map((h): [Org, string] => [h, near(who, h) ? 'agreed' : 'invited'])
    told.push({
      id: (made as { id: string }).id,
      by: who,
      version: 1,
      times: s.times,
      voided: false,
      hosts: new Map(states),
    })
  } else if (one && s.what === 'answer') {
    const [host = one.by] = [...one.hosts.keys()].slice(s.times % Math.max(one.hosts.size, 1))
    const from = s.answer === 'leave' ? 'agreed' : 'invited'
    const fits = !one.voided && one.hosts.get(host) === from && below(host, who)
    const sent = called(secretaryOf(who), 'hosts.answer', {
      params: { id: one.id, orgId: host.id },
      body: { answer: s.answer, version: one.version },
    })
    if (!fits) return expect(sent).rejects.toBeInstanceOf(Refusal)
    await sent
    one.hosts.set(host, { agree: 'agreed', decline: 'declined', leave: 'left' }[s.answer])
  } else if (one && s.what === 'change') {
    const fits = !one.voided && below(one.by, who)
    const body = { version: one.version, personTimes: s.times }
    const sent = called(secretaryOf(who), 'records.change', { params: { id: one.id }, body })
    if (!fits) return expect(sent).rejects.toBeInstanceOf(Refusal)
    await sent
    if (s.times !== one.times)
      for (const [host, state] of one.hosts)
        if (state === 'agreed' && !near(one.by, host)) one.hosts.set(host, 'invited')
    one.version += 1
    one.times = s.times
  } else if (one && !one.voided && below(one.by, who)) {
    await called(secretaryOf(who), 'records.void', { params: { id: one.id }, body: { reason: '试' } })
    one.voided = true
  }
}

test('any tree, any recorder, any host: a figure holds what its organisations recorded or agreed to', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 4 }),
      fc.array(step, { minLength: 6, maxLength: 12 }),
      async (shape, steps) => {
        const orgs = await plant(shape)
        const told: Told[] = []
        for (const one of steps) await take(orgs, told, one)
        for (const org of orgs) {
          const query = {
            measure: 'themeActivity.personTimes',
            org: org.id,
            from: '2024-01-01',
            to: '2024-06-30',
          }
          const { value } = (await called(everywhere(), getFigure.id, { query })) as { value: number | null }
          expect([org.name, value ?? 0]).toEqual([org.name, figureOf(org, told)])
        }
      },
    ),
    { numRuns: 5 },
  )
}, 120_000)
