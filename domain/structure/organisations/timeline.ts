/** The life of an organisation in words (沿革). */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { dateInWords } from '../../../kernel/period.ts'
import type { Org } from './queries.ts'
import { branchKinds, levels, orgTypes, sectors, titleOf } from './words.ts'

export interface TimelineEntry {
  at: string | null
  to: string | null
  kinds: string[]
  text: string
}

interface Stretch {
  validFrom: string
  validTo: string
  name: string
  type: string
  sector: string
  level: string | null
  kind: string | null
  parentId: string | null
  parentName: string | null
  partyLink: string | null
  place: string | null
}

export async function timelineOf(ctx: Context, org: Org): Promise<TimelineEntry[]> {
  const { rows } = await sql<Stretch>`
    select s.*, (select p.name from org_span p where p.org_id = s.parent_id and p.valid_from <= s.valid_from
      and p.valid_to > s.valid_from) as parent_name
    from org_span s where s.org_id = ${org.id} order by s.valid_from`.execute(ctx.db)
  const entries = rows.flatMap((row, i) => entryOf(org, row, rows[i - 1]))
  const successor = org.successorId
    ? await sql<{ name: string }>`
        select name from org_span where org_id = ${org.successorId} order by valid_from desc limit 1`.execute(
        ctx.db,
      )
    : null
  return org.closedAt ? [...entries, endOfLife(org.closedAt, successor?.rows[0]?.name)] : entries
}

function entryOf(org: Org, now: Stretch, before: Stretch | undefined): TimelineEntry[] {
  const told = before ? changes(now, before) : [opening(org, now)]
  if (told.length === 0) return []
  const to = now.validTo === 'infinity' ? null : now.validTo
  const unknown = before === undefined && org.openedPrecision === 'unknown'
  return [
    {
      at: unknown ? null : now.validFrom,
      to,
      kinds: told.map((t) => t.kind),
      text: told.map((t) => t.text).join('；'),
    },
  ]
}

interface Told {
  kind: string
  text: string
}

function opening(org: Org, now: Stretch): Told {
  const under = now.parentName ? `，上级为${now.parentName}` : ''
  const { openedPrecision: precision, openedAt } = org
  if (precision === 'unknown') return { kind: 'opened', text: `设立（日期不详）${under}` }
  const day = dateInWords(openedAt.slice(0, 10), precision === 'hour' ? 'day' : (precision as 'day'))
  return { kind: 'opened', text: `${day}设立${under}` }
}

function changes(now: Stretch, before: Stretch): Told[] {
  const told: Told[] = []
  if (now.name !== before.name) told.push({ kind: 'renamed', text: `由“${before.name}”更名为“${now.name}”` })
  if (now.parentId !== before.parentId)
    told.push({
      kind: 'moved',
      text: `由${before.parentName ?? '无上级'}划转到${now.parentName ?? '无上级'}`,
    })
  const changed = (what: string, from: string, to: string) => {
    if (from !== to)
      told.push({ kind: 'changed', text: `${what}由${from || '未填写'}变更为${to || '未填写'}` })
  }
  changed('类型', titleOf(orgTypes, before.type), titleOf(orgTypes, now.type))
  changed('领域', titleOf(sectors, before.sector), titleOf(sectors, now.sector))
  changed('级别', titleOf(levels, before.level), titleOf(levels, now.level))
  changed('类别', titleOf(branchKinds, before.kind), titleOf(branchKinds, now.kind))
  changed('党组织', before.partyLink ?? '', now.partyLink ?? '')
  changed('所在地', before.place ?? '', now.place ?? '')
  return told
}

const endOfLife = (at: string, successor: string | undefined): TimelineEntry => ({
  at,
  to: null,
  kinds: [successor ? 'merged' : 'closed'],
  text: successor ? `并入${successor}` : '撤销',
})
