/** What is due, from what the slices know. Pure; the desk and the phone's desk show the same. */
import type { RecordRow } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import type { WaitingRecord } from '../../domain/records/ledgers/hostsContract.ts'
import type { SummaryListed } from '../../domain/reports/summaries/contract.ts'
import type { Board } from '../../domain/structure/appointments/contract.ts'
import type { Job } from '../../kernel/jobs/contract.ts'
import { addDays, type Period } from '../../kernel/period.ts'
import type { Listed } from '../ledgers/known.ts'
import { isSilent } from '../ledgers/nilWords.ts'

/** What the button does. */
export type Deed =
  | { kind: 'summary'; id: string }
  | { kind: 'summaries' }
  | { kind: 'board' }
  | { kind: 'record'; id: string; ledger: string }
  | { kind: 'ledgers' }
  | { kind: 'broken'; ledger: string }
  | { kind: 'hosts' }
  | { kind: 'batches' }
  | { kind: 'duplicates'; tab: 'people' | 'records' }

export interface Due {
  id: string
  title: string
  about: string
  /** By when; null: as soon as possible. */
  by: string | null
  button: string
  deed: Deed
}

export interface DueGround {
  today: string
  period: Period
  orgId: string
  summaries: { summaries: SummaryListed[]; notYet: { name: string; draft: boolean }[] } | undefined
  mayWriteSummaries: boolean
  board: Board | undefined
  records: RecordRow[]
  ledgers: { definition: LedgerDefinition; records: number; usual: boolean; nil: Listed['nil'] }[]
  jobs: Job[]
  /** What others recorded and ask this organisation to hold with them. */
  waiting?: WaitingRecord[] | undefined
  /** Records that break a rule of their ledger; absent until they are counted. */
  broken?: { id: string; title: string; count: number }[] | undefined
  /** Pairs that look like one; absent until they are counted. */
  duplicates?: { people: number | null; records: number | null; at: string | null } | undefined
}

/** The earliest first; what has no day comes before what has one. */
export function dueOf(ground: DueGround): Due[] {
  return [
    ...failedJobs(ground),
    ...ofWaiting(ground),
    ...ofDuplicates(ground),
    ...ofBroken(ground),
    ...ofBoard(ground),
    ...ofRecords(ground),
    ...ofLedgers(ground),
    ...ofSummaries(ground),
  ].sort((a, b) => (a.by ?? '').localeCompare(b.by ?? ''))
}

/** A whole half-year or year is what a summary is about. */
const hasSummary = (period: Period) => /^\d{4}(H[12])?$/.test(period.id)

/** Two weeks are enough to write one. */
const BEFORE_END = 45

/** A branch writes none: its records are in its committee's. */
const WRITERS = new Set(['committee', 'workCommittee'])

function ofSummaries({ summaries, board, period, orgId, today, mayWriteSummaries }: DueGround): Due[] {
  if (!summaries || !board || !hasSummary(period)) return []
  const found: Due[] = []
  const own = summaries.summaries.find((s) => s.org.id === orgId)
  const near = addDays(today, BEFORE_END) >= period.to
  if (own?.state === 'draft' && own.may.write)
    found.push({
      id: own.id,
      title: `${own.title}还是草稿`,
      about: `${own.changedAt.slice(5, 16)} ${own.changedBy}改过`,
      by: own.cutOff ?? period.to,
      button: own.may.submit ? '核对上报' : '继续写',
      deed: { kind: 'summary', id: own.id },
    })
  if (!own && mayWriteSummaries && WRITERS.has(board.org.type) && near)
    found.push({
      id: 'summary',
      title: `${period.label}的总结还没有起草`,
      about: '按提纲从台账取数，几秒钟出初稿',
      by: period.to,
      button: '起草',
      deed: { kind: 'summaries' },
    })
  if (summaries.notYet.length > 0 && near)
    found.push({
      id: 'notYet',
      title: `${summaries.notYet.length} 个下级还没有上报${period.label}总结`,
      about: shortList(summaries.notYet.map((o) => (o.draft ? `${o.name}（有草稿）` : o.name))),
      by: period.to,
      button: '看谁没报',
      deed: { kind: 'summaries' },
    })
  return found
}

const shortList = (names: string[]) =>
  names.length > 4 ? `${names.slice(0, 4).join('、')}等` : names.join('、')

/** How long before its end a term begins to be a matter. */
const TERM_DAYS = 90

function ofBoard({ board, today }: DueGround): Due[] {
  if (!board?.may.change) return []
  const vacancies: Due[] =
    board.vacancies.length === 0
      ? []
      : [
          {
            id: 'vacancies',
            title: `班子有空缺：${board.vacancies.map((v) => v.title).join('、')}`,
            about: board.org.name,
            by: null,
            button: '登记任职',
            deed: { kind: 'board' },
          },
        ]
  const due = board.term?.dueOn
  if (!due || board.term?.endedOn || due > addDays(today, TERM_DAYS)) return vacancies
  return [
    ...vacancies,
    {
      id: 'term',
      title: board.term?.overdue ? '本届任期已满，还没有换届' : '本届任期快满了，准备换届',
      about: `${board.org.name}，${board.term?.startedOn.slice(0, 10)} 起任`,
      by: due,
      button: '看任期',
      deed: { kind: 'board' },
    },
  ]
}

const MOST_RECORDS = 2

/** The latest records in which what the ledger is for is missing. */
function ofRecords({ records, ledgers, today }: DueGround): Due[] {
  const since = addDays(today, -30)
  const lacking = records.flatMap((r) => {
    const definition = ledgers.find((l) => l.definition.id === r.ledger)?.definition
    const lacks = [
      definition?.personTimes && r.personTimes === null ? definition.personTimes.label : '',
      definition?.photos && r.photos.length === 0 ? '照片' : '',
    ].filter(Boolean)
    return r.day >= since && lacks.length > 0 ? [{ r, lacks }] : []
  })
  return lacking.slice(0, MOST_RECORDS).map(({ r, lacks }) => ({
    id: r.id,
    title: `补${lacks.join('和')}：${r.title}`,
    about: `${r.org.name}，${Number(r.day.slice(5, 7))}月${Number(r.day.slice(8))}日`,
    by: addDays(r.day, 30),
    button: '去补',
    deed: { kind: 'record', id: r.id, ledger: r.ledger },
  }))
}

const ofBroken = ({ broken = [] }: DueGround): Due[] =>
  broken.map(({ id, title, count }) => ({
    id: `broken ${id}`,
    title: `${title}有 ${count} 条记录不合规则`,
    about: '填的数或日期自相矛盾，合计和比例会不对',
    by: null,
    button: '去改正',
    deed: { kind: 'broken', ledger: id },
  }))

function ofLedgers({ ledgers, period, today }: DueGround): Due[] {
  // What the office never kept is no debt.
  const empty = ledgers.filter((l) => l.usual && isSilent(l))
  if (empty.length === 0 || addDays(today, BEFORE_END) < period.to || today < period.from) return []
  return [
    {
      id: 'empty',
      title: `${empty.length} 本台账本期还没有记录`,
      about: `${shortList(empty.map((l) => l.definition.title))}：有就补记，没有就声明“本期无”`,
      by: period.to,
      button: '逐本处理',
      deed: { kind: 'ledgers' },
    },
  ]
}

function ofWaiting({ waiting = [] }: DueGround): Due[] {
  if (waiting.length === 0) return []
  return [
    {
      id: 'hosts',
      title: `${waiting.length} 条联合活动等您确认`,
      about: `${shortList([...new Set(waiting.map((r) => r.org.name))])}记的，您同意后才计入`,
      by: null,
      button: '去看看',
      deed: { kind: 'hosts' },
    },
  ]
}

function ofDuplicates({ duplicates }: DueGround): Due[] {
  const people = duplicates?.people ?? 0
  const records = duplicates?.records ?? 0
  if (people + records === 0) return []
  const at = duplicates?.at?.slice(11, 16)
  const found = [people > 0 ? `人员 ${people} 组` : '', records > 0 ? `记录 ${records} 组` : ''].filter(
    Boolean,
  )
  return [
    {
      id: 'duplicates',
      title: `${people + records} 组疑似重复`,
      about: `${found.join('，')}（${at} 统计）：并排看看，是一份的合并，不是的记下来`,
      by: null,
      button: '去查重',
      deed: { kind: 'duplicates', tab: people > 0 ? 'people' : 'records' },
    },
  ]
}

function failedJobs({ jobs, today }: DueGround): Due[] {
  return jobs
    .filter((j) => j.state === 'failed' && j.createdAt.slice(0, 10) >= addDays(today, -7))
    .map((j) => ({
      id: j.id,
      title: `${j.title}没有完成`,
      about: j.failure ?? '请打开看原因',
      by: null,
      button: '去看看',
      deed: { kind: 'batches' },
    }))
}

/** 已过期 3 天, 今天, 还有 8 天; nothing beyond two months. */
export function leftUntil(by: string | null, today: string): { words: string; late: boolean } | null {
  if (!by) return null
  const days = Math.round((Date.parse(by) - Date.parse(today)) / 86_400_000)
  if (days < 0) return { words: `过期 ${-days} 天`, late: true }
  if (days === 0) return { words: '今天', late: true }
  return {
    words: days <= 60 ? `还有 ${days} 天` : `${Number(by.slice(5, 7))}月${Number(by.slice(8))}日前`,
    late: false,
  }
}
