/** What may go into a cell, by the words beside it: read like a question, ranked by how much of them is understood. Pure. */
import type { Catalogue, EvidenceColumn, Measure, Source } from '../../../kernel/measures.ts'
import { titleOf } from '../../indicators/asked/candidates.ts'
import { type Lexicon, lexiconOf } from '../../indicators/asked/lexicon.ts'
import { type ReadClause, readText } from '../../indicators/asked/read.ts'
import { sourceOf } from '../../indicators/catalogue.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import { targetOf } from '../../records/ledgers/sheet.ts'
import type { Suggested } from './contract.ts'
import type { FormCell, FormDocument } from './file/model.ts'
import {
  type At,
  blankThrough,
  headsOf,
  isBlank,
  isLabel,
  type Labels,
  labelsOf,
  openCellsOf,
  plain,
  timeless,
} from './labels.ts'
import { type CellOrg, type CellPeriod, cellKey, type Entry, periodTitles, SERIAL } from './mapping.ts'

export interface Place {
  id: string
  name: string
}

type Suggestion = Suggested['suggestions'][number]

const MOST = 6

/** For every cell that asks for something, one by one; `orgs`: organisations that labels may name. */
export function* suggest(
  document: FormDocument,
  all: Catalogue,
  orgs: readonly Place[],
  ledgers: readonly LedgerDefinition[],
): Generator<Suggested> {
  const lexicon = lexiconOf(all, ledgers, { places: [], things: [] })
  const reader: Reader = { all, lexicon, ledgers, places: placesIn(document, orgs) }
  const labels = labelsOf(document)
  const listed = new Set<string>()
  for (const at of openCellsOf(document, [])) {
    const said = labels.get(cellKey(at))
    const line = `${at.table} ${at.row}`
    if (!said || listed.has(line)) continue
    const suggestions = suggestionsFor(document, at, said, reader).slice(0, MOST)
    if (suggestions[0]?.entry.kind === 'list') listed.add(line)
    yield { ...at, words: [...said.row, ...said.column].join(' · '), suggestions }
  }
}

interface Reader {
  all: Catalogue
  lexicon: Lexicon
  ledgers: readonly LedgerDefinition[]
  places: Record<string, Place>
}

function suggestionsFor(document: FormDocument, at: At, said: Labels, reader: Reader): Suggestion[] {
  const list = said.row.length === 0 ? listFor(document, at, said.title, reader) : undefined
  if (list) return [list, ...figuresFor(said, reader)]
  const text = textFor(said)
  return text ? [text] : figuresFor(said, reader)
}

const TEXTS: {
  words: RegExp
  what: 'org' | 'day' | 'period' | 'preparer' | 'constant' | 'blank'
  title: string
}[] = [
  {
    words: /^(填报|报送|上报|填表|申报|单位)?(单位|组织)(名称|全称)?([（(].*[)）])?$/,
    what: 'org',
    title: '填报单位的名称',
  },
  { words: /^(填报|填表|报送|上报|制表)(时间|日期)$|^(日期|时间|年月日)$/, what: 'day', title: '填表的日期' },
  { words: /^(统计|填报|报告)?(时段|期间|报告期|所属期|月份|季度)$/, what: 'period', title: '时段' },
  {
    words: /^(填报|填表|制表|经办|报送|联系)人(员)?([（(]签(字|名)[)）])?$/,
    what: 'preparer',
    title: '填表人',
  },
  { words: /电话|手机|联系方式|传真|邮箱|地址|邮编/, what: 'constant', title: '固定的文字' },
  {
    words:
      /^(序号?|备注|说明|签字|签名|盖章|印章|意见|审核人?|负责人([（(].*[)）])?|.*意见|.*[（(]?(签字|签名|盖章)[)）]?)$/,
    what: 'blank',
    title: '留空',
  },
]

function textFor({ row, column }: Labels): Suggestion | undefined {
  if (column.length > 0 && row.length > 0 && !/备注|说明/.test(column.join())) return undefined
  const nearest = column[column.length - 1] ?? row[row.length - 1] ?? ''
  const found = TEXTS.find(({ words }) => words.test(nearest))
  if (!found) return undefined
  if (column.length > 0 && found.what !== 'blank') return undefined
  const entry: Entry =
    found.what === 'blank'
      ? { kind: 'blank' }
      : { kind: 'text', what: found.what, ...(found.what === 'constant' && { text: '' }) }
  return { title: found.title, entry, sure: found.what !== 'constant' }
}

const PERIODS: { words: RegExp; period: CellPeriod }[] = [
  { words: /去年同期|上年同期|同期数?/, period: 'yearBefore' },
  { words: /今年以来|本年度?累计|年初以来|1月以来|全年累计|本年累计数?/, period: 'thisYear' },
  { words: /上(月|期|季度|周)(数|末)?/, period: 'preceding' },
  { words: /截至目前|截至(期|本月|月)末|历年累计|累计数?/, period: 'everUntil' },
  { words: /本(月|期|季度?|周|年)(新增|新|数|末)?|当(月|期)/, period: 'own' },
]

interface Cleaned {
  words: string[]
  period: CellPeriod
}

function withoutPeriod(words: string[]): Cleaned {
  let period: CellPeriod = 'own'
  const rest = words.map((word) => {
    for (const one of PERIODS)
      if (one.words.test(word)) {
        period = one.period
        return word.replace(one.words, '')
      }
    return word
  })
  return { words: rest.filter(Boolean), period }
}

/** Words that say what kind of number is asked for, and not of what. */
const WEAK = /^(数量|数|人数|个数|合计|总计|小计|总数|情况|单位|项目|指标|内容|类别|序号|名称|工作情况|其中)$/

interface Try {
  text: string
  /** What it costs that words are left out. */
  left: number
}

const UNIT = /^(人|人次|个|次|场|场次|期|篇|件|户|元|万元|小时|%|名|支|条|项|家|所)$/
const OUTER = 0.5

/** The label next to the cell, with what it is a part of; what stands farther off only says which chapter it is. */
function core(words: string[]): string[] {
  const last = words.at(-1)
  return words.slice(last?.startsWith('其中') ? -2 : -1)
}

function triesFor(row: string[], column: string[], title: string): Try[] {
  const strong = (words: string[]) => words.filter((w) => !WEAK.test(w) && !UNIT.test(w))
  const [rows, columns] = [strong(row), strong(column)]
  const near = [...core(rows), ...core(columns)]
  const whole = [...rows, ...columns]
  const unit = [...row, ...column].find((w) => UNIT.test(w) && !whole.join('').includes(w)) ?? ''
  const subject = timeless(title)
    .replace(/[#共青团委镇县区市乡]*?(统计|汇总|登记|情况|信息|基本|工作|报)+表?.*$/, '')
    .replace(/#/g, '')
  const outer = (whole.length - near.length) * OUTER
  const text = (words: string[]) => words.map(bare).join('')
  const texts: Try[] = [
    { text: text([...whole, unit]), left: 0 },
    { text: text(whole), left: 0 },
    { text: text([...near, unit]), left: outer },
    { text: text(near), left: outer },
    { text: text([...columns, ...rows]), left: 0 },
    { text: text([subject, ...whole]), left: OUTER },
    { text: text(rows), left: columns.length * LEFT_OUT },
    { text: text(columns), left: rows.length * LEFT_OUT },
    { text: text(core(rows)), left: LEFT_OUT + outer },
    { text: text(core(columns)), left: LEFT_OUT + outer },
  ]
  return texts.filter((one, i) => one.text !== '' && texts.findIndex((t) => t.text === one.text) === i)
}

interface Read {
  entry: Extract<Entry, { kind: 'figure' }>
  title: string
  /** Characters and labels not understood. */
  cost: number
}

function figuresFor({ row, column, title }: Labels, reader: Reader): Suggestion[] {
  const org = orgIn(row, column, reader.places)
  const kept = (words: string[]) => words.filter((w) => !reader.places[w])
  const [rows, columns] = [withoutPeriod(kept(row)), withoutPeriod(kept(column))]
  const period = columns.period === 'own' ? rows.period : columns.period
  const read = triesFor(rows.words, columns.words, title).flatMap((one) =>
    readTry(one, { period, org }, reader),
  )
  const best = new Map<string, Read>()
  for (const one of read.sort((a, b) => a.cost - b.cost)) {
    const { where = {}, ...rest } = one.entry
    const key = JSON.stringify([rest, Object.entries(where).sort()])
    if (!best.has(key)) best.set(key, one)
  }
  return [...best.values()].map((one, i, sorted) => ({
    title: one.title,
    entry: one.entry,
    sure:
      row.length > 0 && i === 0 && one.cost < SURE && (one.cost < 1 || (sorted[1]?.cost ?? SURE) > one.cost),
  }))
}

const SURE = 2.5
const LEFT_OUT = 4
const UNKNOWN = 2
const ANOTHER = 1
const STRANGE = 3

/** Two characters at a stretch. */
const shares = (text: string, words: string): boolean =>
  [...words].some((_, i) => i + 2 <= words.length && text.includes(words.slice(i, i + 2)))

const NUMBERING = /^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])/

/** Without what only numbers or joins words; a unit in brackets stays as a word. */
const bare = (word: string): string =>
  word
    .replace(NUMBERING, '')
    .replace(/^其中/, '')
    .replace(/[:：，,、.。；;()（）[\]【】"“”]/g, '')

function readTry(
  { text, left }: Try,
  { period, org }: { period: CellPeriod; org: CellOrg },
  { all, lexicon }: Reader,
): Read[] {
  const clauses = readText(text, {
    all,
    lexicon,
    today: '2024-06-30',
    own: 'own',
    ownLevel: null,
    isOwn: () => true,
    usual: null,
    atLevel: () => 'own',
  })
  // Two figures in one label: the one that says the most of the label's own words is meant.
  const titles = clauses.map(({ question }) => all.measures.get(question?.measure ?? '')?.title ?? '')
  const most = Math.max(...titles.map((title) => (text.includes(title) ? title.length : 0)))
  return clauses.flatMap((clause) => {
    const cost = clause.unknown.join('').length * UNKNOWN + left + (clauses.length - 1)
    const asked = [clause.question, ...clause.choices.map((choice) => choice.question)]
    return asked.flatMap((question, i) => {
      const measure = question && all.measures.get(question.measure)
      if (!question || !measure) return []
      const entry = entryOf(question, { period, org })
      const strange = shares(text, measure.title) || shares(text, measure.group) ? 0 : STRANGE
      const isMost = text.includes(measure.title) && measure.title.length === most
      const apart = clauses.length > 1 && !isMost ? STRANGE : 0
      return [{ entry, title: told(measure, entry, all), cost: cost + strange + apart + i * ANOTHER }]
    })
  })
}

function entryOf(
  { measure, where, depth }: NonNullable<ReadClause['question']>,
  { period, org }: { period: CellPeriod; org: CellOrg },
): Read['entry'] {
  return { kind: 'figure', measure, ...(where && { where }), ...(depth && { depth }), period, org }
}

function told(measure: Measure, { where, period, org }: Read['entry'], all: Catalogue): string {
  const figure = titleOf({ measure, where: where ?? {}, score: 0 }, all)
  const whose = org === 'row' ? '这一行的组织，' : org === 'column' ? '这一列的组织，' : ''
  return whose + (period === 'own' ? '' : `${periodTitles[period]}，`) + figure
}

function orgIn(row: string[], column: string[], places: Record<string, Place>): CellOrg {
  if (row.some((word) => places[word])) return 'row'
  return column.some((word) => places[word]) ? 'column' : 'own'
}

const BODY = /(共青团|委员会|团支部|团总支部?|团工委|团委|支部|居委会|村委会)/g

/** Organisations that the form's labels name: in full, or without 团支部 and the like. */
export function placesIn(document: FormDocument, orgs: readonly Place[]): Record<string, Place> {
  const named = new Map<string, Place | null>()
  const name = (word: string, place: Place) => {
    const known = named.get(word)
    named.set(word, known !== undefined && known?.id !== place.id ? null : place)
  }
  for (const org of orgs) {
    const full = plain(org.name)
    name(full, org)
    const short = full.replace(BODY, '')
    if (short !== full && short.length >= 2) name(short, org)
  }
  const found: Record<string, Place> = {}
  for (const { cells } of document.tables)
    for (const cell of cells.filter(isLabel)) {
      const label = plain(cell.text)
      const place = named.get(label) ?? named.get(label.replace(BODY, ''))
      if (place) found[label] = { id: place.id, name: place.name }
    }
  return found
}

const SERIALS = /^(序号?|编号|顺号|no)$/i

/** A blank line under heads: the rows of a ledger or of members, whose columns are called like the heads. */
function listFor(document: FormDocument, at: At, title: string, reader: Reader): Suggestion | undefined {
  const table = document.tables.find((t) => t.id === at.table)
  const heads = headsOf(document, at)
  const line = table?.cells.filter((c: FormCell) => c.row === at.row && heads.has(c.column)) ?? []
  if (!table || heads.size < 2 || line.find(isBlank)?.column !== at.column) return undefined
  const found = bestSource([...heads.values()], title, reader)
  if (!found) return undefined
  const columns = [...heads].flatMap(([column, head]) => {
    const last = head.split('/').at(-1) ?? ''
    const from = SERIALS.test(last) ? SERIAL : columnNamed(last, found.source, reader.ledgers)?.id
    return from ? [{ column, from }] : []
  })
  const entry: Entry = {
    kind: 'list',
    measure: found.measure.id,
    period: 'own',
    org: 'own',
    through: blankThrough(table, at.row),
    columns,
  }
  return { title: `名单：${found.measure.title}的每一行`, entry, sure: found.share >= 0.6 }
}

interface ListSource {
  measure: Measure
  source: Source
  share: number
}

/** Of the sources whose rows can be counted, the one that the title names, or that knows most of the heads. */
function bestSource(heads: string[], title: string, reader: Reader): ListSource | undefined {
  const words = heads.map((head) => head.split('/').at(-1) ?? '').filter((word) => !SERIALS.test(word))
  const counts = new Map<string, Measure>()
  for (const measure of reader.all.measures.values())
    if (!measure.parts && !measure.where && /\.(count|people)$/.test(measure.id) && measure.source)
      if (!counts.has(measure.source)) counts.set(measure.source, measure)
  const scored = [...counts.values()].map((measure): ListSource & { score: number } => {
    const source = sourceOf(reader.all, measure)
    const known = words.filter((word) => columnNamed(word, source, reader.ledgers)).length
    const share = words.length === 0 ? 0 : known / words.length
    return { measure, source, share, score: share + (named(title, measure, source) ? 0.5 : 0) }
  })
  const best = scored.sort((a, b) => b.score - a.score)[0]
  return best && best.share >= 0.4 ? best : undefined
}

const named = (title: string, measure: Measure, source: Source): boolean =>
  [source.title, measure.group, measure.title].some((word) => word.length >= 2 && title.includes(word))

const SYNONYMS: Record<string, string[]> = {
  name: ['姓名', '团员姓名', '名字'],
  sex: ['性别'],
  birth: ['出生年月', '出生日期', '出生时间'],
  education: ['学历', '文化程度'],
  politics: ['政治面貌'],
  branch: ['团支部', '所在团支部', '所在支部', '所属团支部', '所在团组织', '支部'],
  org: ['组织', '单位', '所在单位', '团支部', '所属团组织', '主办单位', '开展单位', '村(社区)'],
  joined: ['入团时间', '入团年月', '入团日期'],
  post: ['职务', '团内职务', '现任职务'],
  day: ['日期', '时间', '活动时间', '开展时间'],
  title: ['名称', '活动名称', '主题', '活动主题'],
  personTimes: ['人次', '参加人次', '参与人数', '参加人数'],
}

function columnNamed(
  head: string,
  { id, columns }: Source,
  ledgers: readonly LedgerDefinition[],
): EvidenceColumn | undefined {
  const word = head.replace(/[（(].*[)）]/g, '')
  const exact = columns.find((c) => plain(c.title).replace(/[（(].*[)）]/g, '') === word)
  if (exact) return exact
  const ledger = ledgers.find((one) => id.endsWith(one.id))
  const header: Record<string, string[]> = ledger
    ? Object.fromEntries(targetOf(ledger).fields.map((f) => [f.id, [f.title, ...f.synonyms]]))
    : {}
  return columns.find((c) => [...(SYNONYMS[c.id] ?? []), ...(header[c.id] ?? [])].includes(word))
}
