/** A life in the League as moments: joined, left, appointed, dismissed, educated, in the Party. The newest first. */
import { DISMISSAL_REASONS } from '../../domain/structure/appointments/posts.ts'
import { END_REASONS, START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import { EDUCATION_LEVELS, POLITICAL_STATUSES } from '../../domain/structure/people/codes.ts'
import type { PersonPage } from '../../domain/structure/people/contract.ts'
import type { Moment } from '../kit/Page.tsx'
import { dayShown, titleIn } from './words.ts'

interface Dated {
  id: string
  from: string | null
  fromPrecision: string
  to: string | null
}

interface Told extends Moment {
  /** By which they are put in order; what is not known comes first in a life. */
  at: string
}

const begins = (span: Dated, what: string, strong = false): Told => ({
  id: `${span.id} from`,
  at: span.from ?? '',
  when: dayShown(span.from, span.fromPrecision),
  what,
  strong,
})

const ends = (span: Dated, what: string): Told[] =>
  span.to ? [{ id: `${span.id} to`, at: span.to, when: span.to.slice(0, 10), what }] : []

export function lifeOf({ person, traits }: PersonPage): Moment[] {
  const moments: Told[] = [
    ...person.memberships.flatMap((m) => [
      begins(m, `${titleIn(START_REASONS, m.startReason)}，${m.orgName}`, true),
      ...ends(m, `${titleIn(END_REASONS, m.endReason ?? 'other')}，离开${m.orgName}`),
    ]),
    ...person.appointments.flatMap((a) => [
      begins(a, `任${a.orgName}${a.postTitle}`, true),
      ...ends(a, `不再担任${a.orgName}${a.postTitle}，${titleIn(DISMISSAL_REASONS, a.endReason ?? 'other')}`),
    ]),
    ...traits.flatMap((t) => [begins(t, beganTrait(t)), ...ends(t, endedTrait(t))]),
  ]
  return moments.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

type Trait = PersonPage['traits'][number]

function beganTrait({ trait, value, detail }: Trait): string {
  if (trait === 'education') return `学历：${titleIn(EDUCATION_LEVELS, value)}`
  if (trait === 'mobile') return `外出流动${detail ? `，去向${detail}` : ''}`
  if (trait === 'graduateVillageOfficial') return '任大学生村官'
  return `政治面貌：${titleIn(POLITICAL_STATUSES, value)}`
}

function endedTrait({ trait, value }: Trait): string {
  if (trait === 'mobile') return '不再流动'
  if (trait === 'graduateVillageOfficial') return '不再任大学生村官'
  return trait === 'education'
    ? `学历不再是${titleIn(EDUCATION_LEVELS, value)}`
    : `不再是${titleIn(POLITICAL_STATUSES, value)}`
}
