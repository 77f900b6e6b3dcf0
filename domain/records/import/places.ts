/** Where a row belongs: its own column, the heading above it, the table's 填报单位, or the organisation chosen. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { afterSubtree } from '../../../kernel/scope.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import { codesOf, type Org, orgAt } from '../../structure/organisations/queries.ts'
import { startOf } from '../../structure/organisations/rules.ts'
import { sectorOfName, typeOfName } from '../../structure/organisations/words.ts'
import { looksLikeOrg, type Match, type NamedOrg, type OrgNames, orgNames } from './orgNames.ts'
import { complain, type RowWork, type Scene, textOf } from './work.ts'

/** Everything that ever stood below the organisation, itself included. */
export const namesUnder = async (ctx: Context, org: Org): Promise<OrgNames> =>
  orgNames(...(await namedUnder(ctx, org)))

/** Of what the names are made. */
export async function namedUnder(ctx: Context, org: Org): Promise<Parameters<typeof orgNames>> {
  const { rows } = await sql<NamedOrg>`
    select o.id, o.code, o.county_id, s.name, s.type, s.sector, s.path, s.valid_from, s.valid_to
    from org_span s join org o on o.id = s.org_id
    where s.path >= ${org.pathNow} and s.path < ${afterSubtree(org.pathNow)} order by s.valid_from`.execute(
    ctx.db,
  )
  return [rows, superiorsOf(org)]
}

/** Everything of the county: who holds something jointly need not be one's own subordinate. */
export async function namesOfCounty(ctx: Context, org: Org): Promise<OrgNames> {
  const { rows } = await sql<NamedOrg>`
    select o.id, o.code, o.county_id, s.name, s.type, s.sector, s.path, s.valid_from, s.valid_to
    from org_span s join org o on o.id = s.org_id
    where o.county_id = ${org.countyId} or (s.path >= ${org.pathNow} and s.path < ${afterSubtree(org.pathNow)})
    order by s.valid_from`.execute(ctx.db)
  return orgNames(rows, superiorsOf(org))
}

function superiorsOf(org: Org): Map<string, string> {
  const parts = org.fullName.split('/')
  return new Map(codesOf(org.path).map((code, i) => [code, parts[i] ?? '']))
}

export interface Placing {
  /** The field of the row that names it. */
  field: string
  /** The moment at which it must have stood; now unless given. */
  at?: string | undefined
  /** Members stand in branches; anything else may stand anywhere. */
  branchesOnly?: boolean
}

/** Null after a complaint. */
export async function placeRow(scene: Scene, work: RowWork, placing: Placing): Promise<NamedOrg | null> {
  const written = textOf(work.row, placing.field)
  if (written !== undefined) return named(scene, work, placing, written)
  const { section } = work.row
  const heading = section === undefined ? undefined : scene.names.find(section, options(scene, placing))
  if (heading && 'org' in heading) return heading.org
  if (section !== undefined && (looksLikeOrg(section) || (heading && 'several' in heading)))
    return named(scene, work, placing, section)
  return withoutName(scene, work, placing)
}

const options = (scene: Scene, { at, branchesOnly }: Placing) => ({
  at: at ? startOf(at) : scene.ctx.now,
  ...(branchesOnly ? { prefer: 'branch' } : {}),
})

function withoutName(scene: Scene, work: RowWork, placing: Placing): NamedOrg | null {
  const { org, reading, settings, names } = scene
  const own = names.all.find((one) => one.id === org.id) ?? null
  const hasColumn = reading.columns.some((column) => column.field === placing.field)
  const unit = reading.title.unit
  const above = unit === undefined || hasColumn ? null : names.find(unit, options(scene, placing))
  if (above && 'org' in above) return above.org
  const alone = org.type === 'branch' || org.type === 'group'
  if (alone || (!hasColumn && !placing.branchesOnly)) return own
  if (askedAlready(scene, work, placing)) return null
  if (hasColumn && !placing.branchesOnly) {
    if (settings.accepted.has('blankOrg')) return own
    complain(scene, work, {
      severity: 'confirm',
      field: placing.field,
      reason: '没有填组织',
      remedy: `请填是哪个组织；确实是“${org.name}”的，可以确认后导入。`,
      accept: 'blankOrg',
    })
    return null
  }
  complain(scene, work, {
    severity: 'error',
    field: placing.field,
    reason: hasColumn ? '没有填团支部' : `“${org.name}”下有多个组织，表里没有写明是哪个团支部`,
    remedy: hasColumn ? '请填所在团支部。' : '请加一列“所在团支部”，或选定一个团支部后再导入。',
  })
  return null
}

/** Below a filled cell the reader has asked already: the same again, or, where that may be, the organisation's own. */
function askedAlready({ settings }: Scene, work: RowWork, { field, branchesOnly }: Placing): boolean {
  const asked = work.problems.find((one) => one.field === field && one.severity === 'confirm')
  if (!asked) return false
  if (branchesOnly) return true
  asked.accept = 'blankOrg'
  if (!settings.accepted.has('blankOrg')) return true
  work.problems = work.problems.filter((one) => one !== asked)
  return false
}

async function named(scene: Scene, work: RowWork, placing: Placing, text: string): Promise<NamedOrg | null> {
  const match = scene.names.find(text, options(scene, placing))
  if ('org' in match) return match.org
  if ('near' in match && scene.settings.createOrgs && looksLikeOrg(text))
    return create(scene, work, { field: placing.field, name: text, near: match.near })
  complain(scene, work, { severity: 'error', field: placing.field, ...sayUnmatched(scene, text, match) })
  return null
}

const quoted = (orgs: NamedOrg[]) => orgs.map((org) => `“${org.name}”（${org.code}）`).join('、')

export function sayUnmatched(scene: Scene, text: string, match: Exclude<Match, { org: NamedOrg }>) {
  const said = text.slice(0, 40)
  if ('several' in match)
    return {
      reason: `“${said}”可能是${quoted(match.several.slice(0, 5))}`,
      remedy: '请写全称、代码，或写成“上级/组织名”。',
    }
  const near = match.near.length > 0 ? `，相近的有${quoted(match.near)}` : ''
  return {
    reason: `“${scene.org.name}”下没有“${said}”${near}`,
    remedy:
      '请改成已有组织的名称；确实是新组织的，请先设立，或勾选“表里写了、系统里没有的组织，自动设立”（命令行加 --create-orgs）。',
  }
}

interface Creation {
  field: string
  name: string
  near: NamedOrg[]
}

/** A branch that rows name and that does not exist, when asked for: directly below the organisation chosen. */
async function create(
  scene: Scene,
  work: RowWork,
  { field, name, near }: Creation,
): Promise<NamedOrg | null> {
  const { ctx, org } = scene
  const parent = await orgAt(ctx.db, org.id, ctx.now)
  if (!parent) return null
  try {
    const opened = await openOrg(ctx, {
      parent,
      name,
      type: typeOfName(name) ?? 'branch',
      sector: sectorOfName(name) ?? 'other',
      batchId: scene.batchId,
    })
    scene.newOrgs.push({ name: opened.name, parent: org.name })
    if (near.length > 0)
      scene.warnings.add(`新设立“${name}”，与已有的${quoted(near)}名称相近，请核对是不是同一个。`)
    scene.names = await namesUnder(ctx, parent)
    return scene.names.all.find((one) => one.id === opened.id) ?? null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    complain(scene, work, { severity: 'error', field, reason: error.message, remedy: '请先设立这个组织。' })
    return null
  }
}
