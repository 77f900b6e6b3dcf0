import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { forbidden, invalid } from '../../../kernel/errors.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { findOrg, requireOrg } from '../../structure/organisations/queries.ts'
import * as contract from './contract.ts'
import { namesakesOf } from './queries.ts'
import { parseSignUpChain } from './signUpChain.ts'

/** Far more than any chain: what is read while others wait stays short. */
const MOST_TEXT = 200_000

/** 张三、李四，王五 without numbers is a name a line, as in a chain (接龙). */
const oneALine = (line: string): string => (/\d/.test(line) ? line : line.replaceAll(/[、,，;；\t]+/g, '\n'))

export async function recognise(ctx: Context, { body }: Input<typeof contract.recogniseNames>) {
  const own = ctx.actor.grants[0]?.orgId
  if (!body.orgId && !own) throw forbidden('您还没有任职，请先请上级登记您的职务。')
  const org = await findOrg(ctx, body.orgId ?? own ?? '')
  requireOrg(ctx, 'records.read', org)
  const length = body.lines.reduce((sum, line) => sum + line.length, 0)
  if (length > MOST_TEXT)
    throw invalid(
      'tooLong',
      `粘贴的文字有 ${length} 个字，一次最多 ${MOST_TEXT / 10_000} 万字，请分几次粘贴。`,
    )
  const chain = parseSignUpChain(
    body.lines
      .flatMap((l) => l.split(/\r?\n/))
      .map(oneALine)
      .join('\n'),
  )
  const scope = { countyId: org.countyId, path: org.pathNow }
  const found = await namesakesOf(
    ctx.db,
    chain.names.map(({ name }) => ({ name, day: ctx.today, scope })),
  )
  const names = chain.names.map(({ name, extra, note }, at): contract.RecognisedName => {
    const people = found[at] ?? []
    const state = people.length === 0 ? 'unknown' : people.length === 1 ? 'known' : 'ambiguous'
    return { name, state, people, extra, note }
  })
  const personTimes = chain.names.reduce((sum, n) => sum + n.count, 0)
  return { names, title: chain.title || null, personTimes, skipped: chain.skipped }
}

export const routes: AnyRoute[] = [route(contract.recogniseNames, recognise)]
