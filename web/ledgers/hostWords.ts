/** What is said of hosts, at the desk and on the phone. */
import type { RecordDetail } from '../../domain/records/ledgers/contract.ts'
import type { Answer, WaitingRecord } from '../../domain/records/ledgers/hostsContract.ts'
import type { HostStanding } from '../../domain/records/ledgers/shapes.ts'
import { dateInWords } from '../../kernel/period.ts'
import type { OrgChoice } from './form.ts'

export interface Answering {
  answer: Answer
}

export const ANSWERS: Record<Answer, { button: string; title: string; done: string }> = {
  agree: { button: '同意', title: '同意联合？', done: '已同意，这条记录计入本组织的数字。' },
  decline: { button: '不同意', title: '不同意联合？', done: '已答复不同意，什么都没有计入。' },
  leave: { button: '退出联合', title: '退出联合？', done: '已退出，这条记录不再计入本组织的数字。' },
}

/** What the caller may answer for this host now. */
export function answersOf({ mayAnswer, state }: HostStanding): Answer[] {
  if (!mayAnswer) return []
  return state === 'invited' ? ['agree', 'decline'] : state === 'agreed' ? ['leave'] : []
}

type Counted = Pick<RecordDetail, 'personTimes'>

export function whatChanges(answer: Answer, { personTimes }: Counted, { name }: { name: string }): string {
  const what = personTimes === null ? '这条记录' : `这条记录（${personTimes} 人次）`
  if (answer === 'agree')
    return `同意后，${what}计入${name}的数字；对方以后改了内容，要再请您同意。随时可以退出。`
  if (answer === 'decline') return `不计入${name}的数字。对方看得到您的答复，可以再邀请。`
  return `退出后，${what}不再计入${name}的数字，您也不再看得到它。`
}

export function standingWords({ state, askedAt, answeredAt, answeredBy }: HostStanding): string {
  const answered = answeredAt ? `${answeredAt.slice(0, 16)} ${answeredBy ?? ''}` : ''
  if (state === 'invited') return `${(askedAt ?? '').slice(0, 10)} 邀请，待同意，还不计入`
  if (state === 'agreed') return answered && `${answered}同意`
  return state === 'declined' ? `${answered}答复不同意` : `${answered}退出`
}

/** The record's hosts with this one asked again, or asked no longer. */
export function hostsAfter({ hosts }: Pick<RecordDetail, 'hosts'>, { id, state }: HostStanding): string[] {
  const named = hosts.map((h) => h.id)
  return state === 'invited' ? named.filter((one) => one !== id) : [...named, id]
}

/** Beside the field of hosts; nothing where nobody has to be asked. */
export function askedHint(hosts: OrgChoice[], changing: boolean): string {
  const names = hosts.filter((h) => h.asks).map((h) => h.name)
  if (names.length === 0) return ''
  return `${names.join('、')}：需对方同意后才计入对方${changing ? '；改了内容，要请对方再同意' : ''}。`
}

/** 柳河村团支部 · 2024年3月12日 · 主题活动 · 32 人次 */
export const waitingWords = ({ org, day, ledgerTitle, personTimes }: WaitingRecord): string =>
  [org.name, dateInWords(day), ledgerTitle, personTimes !== null && `${personTimes} 人次`]
    .filter(Boolean)
    .join(' · ')
