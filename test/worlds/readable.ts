/** Everything that can be read: each GET endpoint, asked with whatever earlier answers named. */
import { unzipSync } from 'fflate'
import { routes } from '../../domain/index.ts'
import type { Actor, Services } from '../../kernel/context.ts'
import { type AnyRoute, type Download, run } from '../../kernel/route.ts'

export interface ReadAnswer {
  endpoint: string
  answer: unknown
  /** As text, files unpacked. */
  text: string
}

/** A question for every query that somebody may ask of a subtree. */
const asked = (org: string, path: string) => ({
  ...(/^.people$|search/.test(path) && { q: '王' }),
  org,
  orgId: org,
  text: '全县多少团员，几个女的',
  measure: 'members.count',
  size: 200,
  period: '2024H1',
  from: '2024-01-01',
  to: '2024-06-30',
  day: '2024-06-01',
  year: 2024,
})

/** How many of the ids that answers gave are followed by each endpoint. */
const FOLLOWED = 6
const ID = /"(?:id|\w+Id|code|ref|ledger)":"([^"]{1,60})"/g

export async function everythingReadable(
  services: Services,
  actor: Actor,
  org: string,
): Promise<ReadAnswer[]> {
  const gets = routes.filter((r) => r.endpoint.method === 'GET')
  const answers: ReadAnswer[] = []
  const read = async (route: AnyRoute, params: Record<string, string>): Promise<boolean> => {
    const input = { params, query: asked(org, route.endpoint.path) }
    try {
      const answer = await run(services, actor, route, input as never)
      answers.push({ endpoint: route.endpoint.id, answer, text: await textOf(answer) })
      return true
    } catch {
      return false
    }
  }
  const named = (r: AnyRoute) => [...r.endpoint.path.matchAll(/:(\w+)/g)].map((m) => m[1] ?? '')
  for (const one of gets.filter((r) => named(r).length === 0)) await read(one, {})
  for (const one of gets.filter((r) => named(r).length === 1)) {
    let followed = 0
    for (const id of idsFor(one, answers)) {
      if (await read(one, { [named(one)[0] ?? '']: id })) followed++
      if (followed === FOLLOWED) break
    }
  }
  const pairs = gets.find((r) => r.endpoint.id === 'duplicates.comparePeople')
  const people = answers.find((a) => a.endpoint === 'duplicates.people')?.answer as
    | { pairs: Record<'one' | 'other', { personId: string }>[] }
    | undefined
  for (const { one, other } of people?.pairs.slice(0, FOLLOWED) ?? [])
    if (pairs) await read(pairs, { one: one.personId, other: other.personId })
  return answers
}

/** Ids that answers under the same noun named, then those of all. */
function idsFor({ endpoint: { path } }: AnyRoute, answers: ReadAnswer[]): string[] {
  const noun = path.split('/')[1] ?? ''
  const own = (id: string) =>
    routes.some((r) => r.endpoint.id === id && r.endpoint.path.startsWith(`/${noun}`))
  const from = (list: ReadAnswer[]) =>
    list.flatMap(({ text }) => [...text.slice(0, 60_000).matchAll(ID)].map((m) => m[1] ?? ''))
  return [...new Set(from(answers.filter((a) => own(a.endpoint))))].slice(0, 60)
}

async function textOf(answer: unknown): Promise<string> {
  const body = (answer as Download | null)?.body
  if (!body) return JSON.stringify(answer)
  const chunks: Uint8Array[] = []
  if (body instanceof Uint8Array) chunks.push(body)
  else for await (const chunk of body) chunks.push(chunk as Uint8Array)
  const bytes = Buffer.concat(chunks)
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString('latin1')
  return Object.values(unzipSync(bytes))
    .map((file) => Buffer.from(file).toString())
    .join('\n')
}
