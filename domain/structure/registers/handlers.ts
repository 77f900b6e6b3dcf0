/** Since when registers are complete: told for an organisation with everything below, and said otherwise by an office. */
import { type SqlBool, sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { type AnyRoute, type Call, route } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { scopedCounty } from '../organisations/rules.ts'
import * as contract from './contract.ts'
import { REGISTERS, type Register, registersAt, type StatedBy, stateByHand } from './registers.ts'

async function get(ctx: Context, { query }: Call<typeof contract.getRegisters>) {
  const org = await findOrg(ctx, query.org)
  requireOrg(ctx, 'structure.read', org)
  const registers: contract.RegisterState[] = []
  for (const { value, title } of REGISTERS) registers.push({ title, ...(await stateOf(ctx, org, value)) })
  return { registers, may: { state: may(ctx.actor.grants, 'structure.change', org.pathNow) } }
}

interface Kept {
  orgId: string
  name: string
  completeFrom: string | null
  statedBy: StatedBy | null
}

const LISTED = 5

async function stateOf(ctx: Context, org: Org, register: Register) {
  const county = scopedCounty(org)
  const within = sql<SqlBool>`starts_with(b.path, ${org.pathNow}) and b.county_id = coalesce(${county}::uuid, b.county_id)`
  const { rows } = await sql<Kept>`
    select org_id, name, since::text as complete_from, stated_by
    from (${registersAt({ register, asOf: ctx.now, within })}) x order by since desc nulls last, path`.execute(
    ctx.db,
  )
  const kept = rows.flatMap((r) => (r.completeFrom === null ? [] : [{ ...r, completeFrom: r.completeFrom }]))
  return {
    register,
    completeFrom: kept[0]?.completeFrom ?? null,
    statedBy: kept[0]?.statedBy ?? null,
    of: rows.length,
    kept: kept.length,
    last: (kept.every((k) => k.completeFrom === kept[0]?.completeFrom) ? [] : kept)
      .slice(0, LISTED)
      .map(({ orgId, name, completeFrom }) => ({ orgId, name, completeFrom })),
  }
}

async function state(ctx: Context, { body }: Call<typeof contract.stateRegister>) {
  const { register, completeFrom } = body
  const org = await findOrg(ctx, body.orgId)
  requireOrg(ctx, 'structure.change', org)
  if (completeFrom > ctx.today)
    throw refuse({
      field: 'completeFrom',
      reason: `“${completeFrom}”还没有到，名册不能从以后的日子起齐全`,
      remedy: '请填今天或更早的日子',
    })
  const id = newId()
  const deed = {
    action: 'structure.change' as const,
    verb: '说明名册从哪天起齐全',
    org: { id: org.id, countyId: org.countyId, path: org.pathNow },
    subject: 'registerStatement',
    subjectId: id,
    detail: { name: REGISTERS.find((r) => r.value === register)?.title, completeFrom },
  }
  return act(ctx, deed, async () => {
    await stateByHand(ctx, { id, org, register, completeFrom })
    return { id }
  })
}

export const routes: AnyRoute[] = [route(contract.getRegisters, get), route(contract.stateRegister, state)]
