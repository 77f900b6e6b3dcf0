/** A list of organisations: each is opened below the superior that it names. Known ones stay as they are. */
import { Refusal } from '../../../../kernel/errors.ts'
import { openOrg } from '../../../structure/organisations/operations.ts'
import { orgAt } from '../../../structure/organisations/queries.ts'
import {
  orgTypes,
  sectorOfName,
  sectors,
  titleOf,
  typeOfName,
} from '../../../structure/organisations/words.ts'
import type { NamedOrg } from '../orgNames.ts'
import { flat, spelling } from '../orgNames.ts'
import { namesUnder, sayUnmatched } from '../places.ts'
import { sectionText } from '../sheet/rowKinds.ts'
import { complain, dateOf, fails, inParts, type RowWork, type Scene, textOf } from '../work.ts'

/** Columns that are held against the rosters rather than taken over. */
const COUNTED: [string, string][] = [
  ['memberCount', '团员人数'],
  ['officerCount', '团干部人数'],
  ['youthCount', '青年人数'],
  ['secretaryName', '书记姓名'],
  ['secretaryPhone', '书记电话'],
  ['reElectedOn', '换届时间'],
]

export async function enter(scene: Scene, works: RowWork[], stage: string): Promise<void> {
  tellLeftOut(scene, works)
  const open = works.filter((work) => !fails(work))
  refuseRepeated(scene, open)
  const waiting = open.filter((work) => !fails(work))
  await inParts(scene, stage, inOrder(waiting), async (part) => {
    for (const work of part) await enterOne(scene, work)
  })
}

function tellLeftOut(scene: Scene, works: RowWork[]): void {
  const told = COUNTED.filter(([field]) => works.some((work) => work.row.values[field]?.value != null))
  if (told.length > 0)
    scene.warnings.add(
      `${told.map(([, title]) => title).join('、')}不在这里登记：人数由花名册算出，书记在团干部花名册里登记。`,
    )
}

const nameOf = (work: RowWork) => textOf(work.row, 'name') ?? ''
const superiorOf = (work: RowWork) => textOf(work.row, 'superior') ?? work.row.section ?? ''

function refuseRepeated(scene: Scene, works: RowWork[]): void {
  const seen = new Map<string, RowWork>()
  for (const work of works) {
    const key = `${flat(superiorOf(work))} ${flat(nameOf(work))}`
    const first = seen.get(key)
    if (first)
      complain(scene, work, {
        severity: 'error',
        field: 'name',
        reason: `与第 ${first.row.rowNumber} 行是同一个组织，重复了`,
        remedy: '请只留一行。',
      })
    else seen.set(key, work)
  }
}

/** Superiors that the sheet itself lists go first. */
function inOrder(works: RowWork[]): RowWork[] {
  const byStem = new Map(works.map((work) => [spelling(nameOf(work)).stem, work]))
  const placed = new Set<RowWork>()
  const place = (work: RowWork, below: RowWork[]) => {
    const above = byStem.get(spelling(superiorOf(work)).stem)
    if (above && above !== work && !below.includes(above)) place(above, [...below, work])
    placed.add(work)
  }
  for (const work of works) place(work, [])
  return [...placed]
}

async function enterOne(scene: Scene, work: RowWork): Promise<void> {
  const name = nameOf(work)
  const parent = superior(scene, work)
  if (!parent) return
  const known = sibling(scene, work, parent)
  if (known) return tellKnown(scene, work, known)
  const type = textOf(work.row, 'type') ?? typeOfName(name)
  if (type === undefined)
    return complain(scene, work, {
      severity: 'error',
      field: 'type',
      reason: `从“${name}”看不出是团委、团总支还是团支部`,
      remedy: '请填组织类型，或把名称写完整。',
    })
  await open(scene, work, { name, type, parent })
}

/** Itself when the row is the organisation for which the file speaks. */
function superior(scene: Scene, work: RowWork): NamedOrg | null {
  const { names, org, ctx } = scene
  const own = names.all.find((one) => one.id === org.id) ?? null
  const written = textOf(work.row, 'superior')
  const heading = work.row.section === undefined ? undefined : sectionText(work.row.section)
  const said = written ?? heading
  if (said === undefined) return own
  const match = names.find(said, { at: ctx.now })
  if ('org' in match) return match.org
  // The chosen organisation's own row names a superior that lies above it, and a heading may name a sector.
  if (written === undefined || isItself(scene, nameOf(work))) return own
  complain(scene, work, { severity: 'error', field: 'superior', ...sayUnmatched(scene, said, match) })
  return null
}

function isItself(scene: Scene, name: string): boolean {
  const match = scene.names.find(name, { at: scene.ctx.now })
  return 'org' in match && match.org.id === scene.org.id
}

const isParent = (parent: NamedOrg, child: NamedOrg) =>
  child.path.startsWith(parent.path) && child.path.slice(parent.path.length).split('/').length === 2

function sibling(scene: Scene, work: RowWork, parent: NamedOrg): NamedOrg | null {
  const code = textOf(work.row, 'code')
  const byCode = code === undefined ? undefined : scene.names.all.find((one) => one.code === code)
  if (byCode) return byCode
  const match = scene.names.find(nameOf(work), { at: scene.ctx.now })
  const found = 'org' in match ? [match.org] : 'several' in match ? match.several : []
  return found.find((one) => one.id === parent.id || isParent(parent, one)) ?? null
}

function tellKnown(scene: Scene, work: RowWork, known: NamedOrg): void {
  work.org = { id: known.id, name: known.name }
  work.done = 'unchanged'
  work.effect = `“${known.name}”已有（${known.code}），没有变化`
  const differing = [
    { field: 'type', title: '组织类型', held: known.type, choices: orgTypes },
    { field: 'sector', title: '领域', held: known.sector, choices: sectors },
  ]
  for (const { field, title, held, choices } of differing) {
    const stated = textOf(work.row, field)
    if (stated !== undefined && stated !== held)
      complain(scene, work, {
        severity: 'warning',
        field,
        reason: `${title}与登记的不一致（登记：${titleOf(choices, held)}；表里：${titleOf(choices, stated)}），没有改动`,
        remedy: '表里对的话，请在组织资料里变更。',
      })
  }
}

interface Opening {
  name: string
  type: string
  parent: NamedOrg
}

async function open(scene: Scene, work: RowWork, { name, type, parent }: Opening): Promise<void> {
  const { ctx } = scene
  const { row } = work
  const above = await orgAt(ctx.db, parent.id, ctx.now)
  if (!above) return
  const stated = textOf(row, 'sector')
  const sector = stated ?? sectorOf(name, type)
  if (stated === undefined) scene.warnings.add('没有领域一列的，领域按名称推断，请在组织资料里核对。')
  try {
    const code = codeIn(scene, work)
    const opened = await openOrg(ctx, {
      parent: above,
      name,
      type,
      sector,
      level: levelOf(type, name, above.level),
      kind: type === 'branch' ? kindOf(name) : null,
      partyLink: textOf(row, 'partyLink'),
      place: textOf(row, 'place'),
      code,
      on: dateOf(row, 'foundedOn')?.slice(0, 10),
      batchId: scene.batchId,
    })
    scene.names = await namesUnder(ctx, scene.org)
    work.org = { id: opened.id, name: opened.name }
    work.done = 'new'
    work.effect = `在“${above.name}”下设立${titleOf(orgTypes, type)}`
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [reason = '', ...rest] = error.message.split('，')
    const remedy = rest.join('，') || '请改正后再导入。'
    complain(scene, work, { severity: 'error', field: fieldOf(error.code), reason, remedy })
  }
}

/** Codes of other systems have dots or letters, serial numbers are short: neither is a code here. */
function codeIn(scene: Scene, work: RowWork): string | undefined {
  const code = textOf(work.row, 'code')
  if (code === undefined || /^\d{3,}$/.test(code)) return code
  complain(scene, work, {
    severity: 'warning',
    field: 'code',
    reason: '不是本系统的组织代码（只有数字，至少三位），没有采用',
    remedy: '代码由系统按上级自动编排。',
  })
  return undefined
}

const KINDS: [RegExp, string][] = [
  [/联合团?支部$/, 'joint'],
  [/流动(团员)?团?支部$/, 'mobile'],
  [/临时团?支部$/, 'temporary'],
  [/毕业班团?支部$/, 'graduates'],
]
const kindOf = (name: string) => KINDS.find(([mark]) => mark.test(name))?.[1] ?? null

const FIELD_OF: Record<string, string> = {
  codeTaken: 'code',
  parentNotOpen: 'foundedOn',
  parentClosed: 'superior',
  cannotHold: 'superior',
  badMoment: 'foundedOn',
}
const fieldOf = (code: string) => FIELD_OF[code] ?? 'name'

const COMMITTEES = new Set(['committee', 'workCommittee'])

const sectorOf = (name: string, type: string): string =>
  sectorOfName(name) ??
  (COMMITTEES.has(type) && levelOf(type, name, 'county') !== null ? 'territory' : 'other')

/** 青石镇团委 below a county is a township's; 青石中学团委 has no level of its own. */
function levelOf(type: string, name: string, above: string | null): string | null {
  const { stem } = spelling(name)
  if (!COMMITTEES.has(type)) return null
  if (/(镇|乡|街道|苏木)$/.test(stem)) return 'township'
  if (/(县|区|旗)$/.test(stem) && (above === 'city' || above === 'province')) return 'county'
  if (/(市|州|盟)$/.test(stem) && above === 'province') return 'city'
  return null
}
