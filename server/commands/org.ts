import * as contract from '../../domain/structure/organisations/contract.ts'
import { closeOrganisation, mergeOrganisation } from '../../domain/structure/restructuring/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, call, needed, type Printed, textOf } from '../command.ts'

type Open = typeof contract.openOrganisation
type Change = typeof contract.changeOrganisation
type BodyOf<E> = Parameters<typeof call<E extends Open | Change ? E : never>>[2]['body']

const CHOICES = {
  type: contract.orgTypes,
  sector: contract.sectors,
  level: contract.levels,
  kind: contract.branchKinds,
}

/** Choices may be given by code or by the office's word; an empty text clears what may be empty. */
function factsOf(line: CommandLine): Record<string, string | null> {
  const facts: Record<string, string | null> = {}
  for (const [key, choices] of Object.entries(CHOICES)) {
    const word = textOf(line, key)
    if (word === undefined) continue
    const value = word === '' ? null : contract.valueOfWord(choices, word)
    if (value === undefined)
      throw invalid(
        'badChoice',
        `--${key} 不能是“${word}”，可用：${choices.map((c) => `${c.value}（${c.title}）`).join('、')}。`,
      )
    facts[key] = value
  }
  const texts = { name: 'name', partyLink: 'party-link', place: 'place' }
  for (const [key, option] of Object.entries(texts)) {
    const text = textOf(line, option)
    if (text !== undefined) facts[key] = text === '' ? null : text
  }
  return facts
}

const subject = (line: CommandLine): { id: string } => {
  const [, id] = line.positionals
  if (id) return { id }
  throw invalid('missingOrg', '请写明是哪个组织：代码，或唯一的全称（如 县名/镇名/组织名）。')
}

const onDay = (line: CommandLine) => needed(line, 'on', '自哪天起，如 2024-05-01')

const shown = (organisation: contract.Organisation, what: string): Printed => ({
  json: { organisation },
  text: `${what}：${organisation.fullName}（${organisation.code}）`,
})

async function open(line: CommandLine): Promise<Printed> {
  const name = needed(line, 'name', '组织名称')
  const facts = factsOf(line)
  const type = facts.type ?? contract.typeOfName(name)
  const sector = facts.sector ?? contract.sectorOfName(name) ?? 'other'
  if (!type) throw invalid('missingType', '从名称看不出组织类型，请加 --type（团委、团总支、团支部…）。')
  const on = textOf(line, 'on')
  const code = textOf(line, 'code')
  const parent = needed(line, 'parent', '上级组织')
  const body = { ...facts, name, type, sector, parent, ...(on && { on }), ...(code && { code }) }
  const { organisation } = await call(line, contract.openOrganisation, {
    body: body as BodyOf<Open> & object,
  })
  return shown(organisation, '已设立')
}

async function change(line: CommandLine): Promise<Printed> {
  const body = { on: onDay(line), facts: factsOf(line) } as BodyOf<Change> & object
  const { organisation } = await call(line, contract.changeOrganisation, { params: subject(line), body })
  return shown(organisation, '已变更')
}

async function correct(line: CommandLine): Promise<Printed> {
  const facts = factsOf(line) as NonNullable<BodyOf<Change>>['facts']
  const at = textOf(line, 'at')
  const openedOn = textOf(line, 'opened-on')
  const reason = textOf(line, 'reason') ?? '登记有误'
  const body = { facts, reason, ...(at && { at }), ...(openedOn && { openedOn }) }
  const { organisation } = await call(line, contract.correctOrganisation, { params: subject(line), body })
  return shown(organisation, '已更正')
}

async function move(line: CommandLine): Promise<Printed> {
  const body = { to: needed(line, 'to', '新的上级'), on: onDay(line) }
  const { organisation } = await call(line, contract.moveOrganisation, { params: subject(line), body })
  return shown(organisation, `自 ${body.on} 起划转`)
}

async function merge(line: CommandLine): Promise<Printed> {
  const body = { into: needed(line, 'into', '并入哪个组织'), on: onDay(line) }
  const ended = await call(line, mergeOrganisation, { params: subject(line), body })
  const text = `自 ${body.on} 起，${ended.organisation.fullName} 已并入 ${body.into}：转入团员 ${ended.memberships} 人，终止任职 ${ended.appointments} 个，划转下级 ${ended.subordinates} 个。`
  return { json: ended, text }
}

async function close(line: CommandLine): Promise<Printed> {
  const reason = textOf(line, 'reason')
  const endAppointments = line.values['end-appointments'] === true
  const body = { on: onDay(line), endAppointments, ...(reason && { reason }) }
  const ended = await call(line, closeOrganisation, { params: subject(line), body })
  return {
    json: ended,
    text: `自 ${body.on} 起撤销：${ended.organisation.fullName}（${ended.organisation.code}）`,
  }
}

const VERBS: Record<string, (line: CommandLine) => Promise<Printed>> = {
  open,
  change,
  rename: change,
  correct,
  move,
  merge,
  close,
}

const FACTS =
  '--name 名称 --type 类型 --sector 领域 --level 级别 --kind 类别 --party-link 党组织 --place 地点'
const text = { type: 'string' } as const

export const org: Command = {
  usage: [
    'org open --name 名称 --parent 上级 [--type 类型 --sector 领域 …] [--code 代码] [--on 日期]',
    `org change 组织 --on 日期 [${FACTS}]`,
    'org correct 组织 [--at 日期] [--opened-on 日期] [--reason 原因] [同上各项]',
    'org move 组织 --to 新上级 --on 日期',
    'org merge 组织 --into 另一个组织 --on 日期',
    'org close 组织 --on 日期 [--reason 原因] [--end-appointments]',
  ],
  about: '设立、变更、更正、划转、合并、撤销组织。日期当天零点起生效，也可带钟点（"2024-05-01 14:00"）',
  options: {
    name: text,
    parent: text,
    type: text,
    sector: text,
    level: text,
    kind: text,
    place: text,
    'party-link': text,
    code: text,
    on: text,
    to: text,
    into: text,
    at: text,
    reason: text,
    'opened-on': text,
    'end-appointments': { type: 'boolean' } as const,
  },
  async run(line) {
    const [verb = ''] = line.positionals
    const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (!work) throw invalid('usage', `org 后面请写 ${Object.keys(VERBS).join('、')} 之一，--help 看用法。`)
    return work(line)
  },
}
