/** What is wrong with a declaration, in words that an office can act on. Browser-safe. */
import { type FieldProblem, Refusal } from '../../../kernel/errors.ts'
import { declaredFaults } from './declaredFaults.ts'
import { type LedgerDefinition, type LedgerField, type LedgerMeasure, MEASURE_KINDS } from './definition.ts'
import { nounOf } from './fields/meant.ts'
import {
  FIELD_TYPES,
  isChosen,
  isDate,
  isLine,
  isNumber,
  isOneOf,
  isReference,
  isSomeOf,
  isStaged,
  isWhole,
  unitOf,
} from './fields/types.ts'
import { parseSentence, slotsOf } from './sentences.ts'

/** Names of the common columns; a field or role of the same name could not be told apart from them. */
const RESERVED = [
  'day',
  'month',
  'title',
  'org',
  'hosts',
  'personTimes',
  'people',
  'hasPhotos',
  'batch',
  'role',
  'count',
  'period',
]
const ID = /^[a-z][A-Za-z0-9]{0,39}$/
const COMMON = new Set(['subordinate', 'day', 'month', 'year', 'weekday', 'title', 'org'])
const BESIDE_NAME = new Set(['hours', 'points', 'amount'])

/** Empty when the declaration can be used. `field` names the place, e.g. 'fields.kind.options'. */
export function faultsOf(definition: LedgerDefinition): FieldProblem[] {
  // Of a type that nobody knows nothing else can be said.
  const strange = definition.fields.flatMap(typeFaults)
  if (strange.length > 0) return strange
  return [
    ...identity(definition),
    ...definition.fields.flatMap(fieldFaults),
    ...definition.fields.flatMap((field) => unitFaults(definition, field)),
    ...ids(definition),
    ...definition.measures.flatMap((m) => measureFaults(definition, m)),
    ...sentenceFaults(definition),
    ...declaredFaults(definition),
  ]
}

const problem = (field: string, reason: string, remedy: string): FieldProblem => ({ field, reason, remedy })

function identity(d: LedgerDefinition): FieldProblem[] {
  const found: FieldProblem[] = []
  if (!ID.test(d.id)) found.push(problem('id', `代号“${d.id}”不能用`, '以小写字母开头，只用字母和数字'))
  for (const key of ['title', 'line', 'about', 'measureWord'] as const)
    if (!d[key]?.trim()) found.push(problem(key, '没有填', '请补填'))
  if (!d.name.label) found.push(problem('name.label', '没有说名称一栏叫什么', '例如“活动名称”'))
  if (!d.day.label) found.push(problem('day.label', '没有说日期一栏叫什么', '例如“活动日期”'))
  const { until } = d.standing ?? {}
  if (until && !d.fields.some((f) => f.id === until && isDate(f)))
    found.push(problem('standing.until', `没有日期栏“${until}”`, '请写到期或撤销日期那一栏的代号'))
  if (!d.sentences.some((s) => s.of === 'record'))
    found.push(
      problem('sentences', '没有写一条记录怎样进总结', '请至少写一句，例如“{day}，{org}开展{title}”'),
    )
  return found
}

const typeFaults = ({ id, type }: LedgerField): FieldProblem[] =>
  FIELD_TYPES.includes(type)
    ? []
    : [problem(`fields.${id}.type`, `没有“${type}”这种类型`, `可用：${FIELD_TYPES.join('、')}`)]

function fieldFaults(field: LedgerField): FieldProblem[] {
  const at = `fields.${field.id}`
  const found: FieldProblem[] = []
  const options = field.options ?? []
  const chooses = isChosen(field)
  if (!ID.test(field.id) || RESERVED.includes(field.id))
    found.push(problem(at, `代号“${field.id}”不能用`, `以小写字母开头，且不是 ${RESERVED.join('、')}`))
  if (!field.title) found.push(problem(`${at}.title`, '没有名称', '请写这一栏叫什么'))
  if (!field.usedBy) found.push(problem(`${at}.usedBy`, '没有说谁用这一栏', '没人用的栏不要让人填'))
  if (chooses && options.length < 2)
    found.push(problem(`${at}.options`, '可选的值不到两个', '请补上选项，或改成文字'))
  if (!chooses && options.length > 0)
    found.push(problem(`${at}.options`, '只有选择类的栏才有选项', '请去掉选项或改类型'))
  if (
    repeated(options.map((o) => o.value)) ||
    repeated(options.flatMap((o) => [o.title, ...(o.synonyms ?? [])]))
  )
    found.push(problem(`${at}.options`, '有重复的选项或同义词', '每个词只能指一个选项'))
  if (options.some((o) => !/^[A-Za-z0-9_-]+$/.test(o.value)))
    found.push(problem(`${at}.options`, '选项的代号只能用字母和数字', '中文写在 title 里'))
  const known = new Set(options.map((o) => o.value))
  if (options.some((o) => o.implies && (!isStaged(field) || o.implies === o.value || !known.has(o.implies))))
    found.push(problem(`${at}.options`, '前一步不是这一栏的状态', '请写同一栏里另一个状态的代号'))
  if (
    field.days?.some((day) => !isStaged(field) || day.of.length === 0 || !day.of.every((s) => known.has(s)))
  )
    found.push(problem(`${at}.days`, '日期列没有说是哪个状态的', '请写同一栏里的状态'))
  const record = isReference(field) && nounOf(field) === 'record'
  if (record && !field.ledger?.trim())
    found.push(problem(`${at}.ledger`, '没有说是哪本台账的', '请选一本台账'))
  if (!record && field.ledger)
    found.push(
      problem(`${at}.ledger`, '这一类的栏不从台账里选', '请去掉台账，或把类型改成“另一本台账的一条”'),
    )
  if (field.known && !isReference(field))
    found.push(problem(`${at}.known`, '只有写单位、人和另一条记录的栏才能要求对上', '请去掉这一项'))
  if (field.ranked && !isOneOf(field))
    found.push(problem(`${at}.ranked`, '只有单选的栏能从高到低排', '请去掉这一项'))
  if (field.ordinal && !isWhole(field))
    found.push(problem(`${at}.ordinal`, '只有整数的栏能说第几', '请去掉这一项，或把类型改成整数'))
  if (unitOf(field) !== (field.unit || unitOf(field)))
    found.push(problem(`${at}.unit`, '金额一律以元保存', '去掉单位或改成元'))
  return found
}

function unitFaults({ fields }: LedgerDefinition, field: LedgerField): FieldProblem[] {
  if (field.unitIn === undefined) return []
  const at = `fields.${field.id}.unitIn`
  const written = fields.find((f) => f.id === field.unitIn)
  if (!isNumber(field) || unitOf(field))
    return [problem(at, '只有没写死单位的数字栏能另写单位', '请去掉这一项')]
  return written && (isLine(written) || isOneOf(written))
    ? []
    : [problem(at, `没有“${field.unitIn}”这一栏可以写单位`, '请写一个文字或单选的栏')]
}

const repeated = (words: string[]) => new Set(words).size < words.length

function ids(d: LedgerDefinition): FieldProblem[] {
  const found: FieldProblem[] = []
  if (
    repeated([
      ...d.fields.flatMap((f) => [f.id, ...(f.days ?? []).map((day) => day.id)]),
      ...d.roles.map((r) => r.id),
    ])
  )
    found.push(problem('fields', '有两个字段或角色用了同一个代号', '请改掉一个'))
  if (
    repeated([
      'count',
      'personTimes',
      'people',
      ...(d.standing ? ['added'] : []),
      ...d.measures.map((m) => m.id),
    ])
  )
    found.push(
      problem('measures', '有两个指标用了同一个代号', 'count、personTimes、people 是现成的，不必再写'),
    )
  for (const role of d.roles)
    if (!ID.test(role.id)) found.push(problem(`roles.${role.id}`, `代号“${role.id}”不能用`, '以小写字母开头'))
  if (d.personTimes && d.roles.length === 0)
    found.push(problem('roles', '有人次却没有参加的角色', '请至少写一个角色，例如“参加”'))
  return found
}

function measureFaults(d: LedgerDefinition, m: LedgerMeasure): FieldProblem[] {
  const at = `measures.${m.id}`
  const found: FieldProblem[] = []
  if (!ID.test(m.id)) found.push(problem(at, `代号“${m.id}”不能用`, '以小写字母开头'))
  if (!MEASURE_KINDS.includes(m.kind))
    found.push(problem(`${at}.kind`, `没有“${m.kind}”这种算法`, `可用：${MEASURE_KINDS.join('、')}`))
  if (!m.definition) found.push(problem(`${at}.definition`, '没有写口径', '说清算什么、不算什么'))
  if (m.role && !d.roles.some((r) => r.id === m.role))
    found.push(problem(`${at}.role`, `没有角色“${m.role}”`, '请改成已有的角色'))
  if (m.at && !hasStates(d, m.at.field, m.at.states.split(',')))
    found.push(problem(`${at}.at`, '没有说清按哪个状态的日期算', '请写办理状态的栏和它的状态'))
  found.push(...valueFaults(d, m, at))
  for (const key of Object.keys(m.where ?? {}))
    if (!m.role && m.kind !== 'linked' && !isFilter(d, key))
      found.push(problem(`${at}.where`, `没有“${key}”这一栏`, '筛选只能用本台账的栏'))
  return found
}

/** A field that can be used so. */
function typed(
  d: LedgerDefinition,
  m: LedgerMeasure,
  at: string,
  fits: (field: LedgerField) => boolean,
): FieldProblem[] {
  const field = d.fields.find((f) => f.id === m.field)
  return field && fits(field)
    ? []
    : [problem(`${at}.field`, `“${m.field ?? ''}”不能这样算`, '读数要用数字的栏，年龄要用日期的栏')]
}

/** Of the kinds that state what the first of several rows says. */
function topFaults(d: LedgerDefinition, m: LedgerMeasure, at: string): FieldProblem[] {
  const field = d.fields.find((f) => f.id === m.field)
  if (m.role) return [problem(`${at}.role`, '这样的指标只看记录，不看名单', '请去掉角色')]
  if (m.kind === 'latest' && (field ? !isSomeOf(field) && !isStaged(field) : COMMON.has(m.field ?? '')))
    return []
  if (field && (isNumber(field) || isDate(field) || field.ranked)) return []
  return [problem(`${at}.field`, `“${m.field ?? ''}”排不出先后`, '请选数字、日期，或选项从高到低排好的栏')]
}

/** Of the kinds that look beyond the rows of a period. */
function derivedFaults(d: LedgerDefinition, m: LedgerMeasure, at: string): FieldProblem[] | null {
  if (m.kind === 'latest' || m.kind === 'highest') return topFaults(d, m, at)
  if (m.kind === 'reading' || m.kind === 'growth') return typed(d, m, at, isNumber)
  if (m.kind === 'age') return m.role ? [] : typed(d, m, at, isDate)
  if (m.kind === 'streak')
    return m.field === 'month' || m.field === 'year'
      ? []
      : [problem(`${at}.field`, '没有说按月还是按年连续', '请写 month 或 year')]
  if (m.kind === 'linked')
    return m.from?.ledger && m.from.field
      ? []
      : [problem(`${at}.from`, '没有说从哪本台账来', '请写台账，和它写到本台账的那一栏')]
  if (m.kind !== 'coverage') return null
  const covered = d.measures.find((one) => one.id === m.numerator)
  const whole = covered?.field === 'subordinate' || d.fields.some((f) => f.id === covered?.field && f.options)
  return covered?.kind === 'distinct' && whole
    ? []
    : [problem(`${at}.numerator`, '没有说覆盖的是哪些', '请指明一个按选项或按直接下级去重的指标')]
}

function valueFaults(d: LedgerDefinition, m: LedgerMeasure, at: string): FieldProblem[] {
  const derived = derivedFaults(d, m, at)
  if (derived) return derived
  if (m.kind === 'ratio')
    return m.numerator && m.denominator ? [] : [problem(at, '比值缺分子或分母', '写出两个指标的代号')]
  const adds = m.kind === 'sum' || m.kind === 'average'
  if (!m.field)
    return m.kind === 'count' || (m.kind === 'distinct' && m.role)
      ? []
      : [problem(`${at}.field`, '没有说算哪一栏', '请写出栏的代号')]
  if (m.role && BESIDE_NAME.has(m.field)) return []
  const field = d.fields.find((f) => f.id === m.field)
  if (!field && !COMMON.has(m.field))
    return [problem(`${at}.field`, `没有“${m.field}”这一栏`, '请改成已有的栏')]
  if (adds && !(field && (isNumber(field) || isSomeOf(field))))
    return [problem(`${at}.field`, `“${m.field}”不是数字，不能相加`, '求和、平均只能用数字的栏')]
  const unit = field && unitOf(field)
  if (m.kind === 'sum' && unit && unit !== m.unit)
    return [problem(`${at}.unit`, `指标的单位“${m.unit}”与栏的单位“${unit}”不同`, '请统一，不同单位不能相加')]
  return []
}

const hasStates = (d: LedgerDefinition, id: string, states: string[]): boolean =>
  d.fields.some(
    (f) => f.id === id && isStaged(f) && states.every((s) => f.options?.some((o) => o.value === s)),
  )

/** `venue.reading` asks for one option of a field that allows several, `home.known` whether it is known what is named. */
function isFilter(d: LedgerDefinition, key: string): boolean {
  const [id = '', option] = key.split('.')
  if (!option) return RESERVED.includes(id) || d.fields.some((f) => f.id === id)
  return d.fields.some(
    (f) =>
      f.id === id && (f.options?.some((o) => o.value === option) || (option === 'known' && isReference(f))),
  )
}

function sentenceFaults(d: LedgerDefinition): FieldProblem[] {
  const ofRecord = new Set([
    'day',
    'org',
    'title',
    'personTimes',
    'people',
    'hosts',
    ...d.fields.map((f) => f.id),
    ...d.roles.map((r) => r.id),
  ])
  const ofPeriod = new Set([
    'org',
    'period',
    'count',
    'personTimes',
    'people',
    ...(d.standing ? ['added'] : []),
    ...d.measures.map((m) => m.id),
  ])
  const texts = [
    ...d.sentences.map((s) => ({
      at: `sentences.${s.id}`,
      text: s.text,
      known: s.of === 'record' ? ofRecord : ofPeriod,
    })),
    ...(d.name.fallback ? [{ at: 'name.fallback', text: d.name.fallback, known: ofRecord }] : []),
  ]
  return texts.flatMap(({ at, text, known }) => {
    try {
      return slotsOf(parseSentence(text))
        .filter((s) => !known.has(s.slot) && !s.slot.includes('.'))
        .map((s) => problem(at, `没有“${s.slot}”可填`, `可用：${[...known].join('、')}`))
    } catch (error) {
      if (error instanceof Refusal) return [problem(at, error.message, '请检查括号')]
      throw error
    }
  })
}
