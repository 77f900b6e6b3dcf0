import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { enqueue, type JobKind } from '../../../kernel/jobs/runner.ts'
import { monthsOf, rangeInWords } from '../../../kernel/period.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { frameOf } from '../../records/ledgers/queries.ts'
import { ledger, ledgers } from '../../records/ledgers/registry.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import { makeBundle } from './bundle.ts'
import * as contract from './contract.ts'
import { linesOf } from './selfCheck.ts'

async function selfCheck(ctx: Context, { query }: Input<typeof contract.getInspection>) {
  const frame = await frameOf(ctx, query)
  const org = await findOrg(ctx, frame.org.id)
  return {
    org: { id: org.id, name: org.name },
    months: monthsOf(frame),
    lines: await linesOf(ctx, await ledgers(ctx), frame),
  }
}

async function bundle(ctx: Context, { body }: Input<typeof contract.makeBundle>) {
  const frame = await frameOf(ctx, body)
  for (const id of body.ledgers) await ledger(ctx, id)
  const org = await findOrg(ctx, frame.org.id)
  const title = `迎检材料：${org.name}，${rangeInWords(body.from, body.to)}`
  return { job: await enqueue(ctx, { kind: contract.BUNDLE_JOB, title, org, input: body }) }
}

export const routes: AnyRoute[] = [
  route(contract.getInspection, selfCheck),
  route(contract.makeBundle, bundle),
]

export const jobs: JobKind[] = [{ kind: contract.BUNDLE_JOB, run: makeBundle }]
