/** Which posts may be held where and when, and what a body lacks. Pure. */
import { type FieldProblem, refuse } from '../../../kernel/errors.ts'
import type { TargetOption } from '../../../kernel/spreadsheet/target.ts'
import { type Dated, INFINITY, outsideLife } from '../people/dated.ts'
import { overlaps, type SpanKind } from '../spans/rules.ts'
import { POSTS, postOf } from './posts.ts'
import type { Appointment } from './tables.ts'

export const APPOINTMENT: SpanKind = {
  table: 'appointment',
  register: 'officers',
  noun: '任职',
  from: '任职日期',
  to: '离任日期',
  end: '离任日期',
}

type Seat = Pick<Appointment, 'orgId' | 'post' | 'postTitle' | 'validFrom' | 'validTo'>

/** A post of one title is held once at a time; 组织委员 and 宣传委员 are two. */
export const sameSeat = (held: Seat, wanted: Seat): boolean =>
  held.orgId === wanted.orgId &&
  held.post === wanted.post &&
  held.postTitle === wanted.postTitle &&
  overlaps(held, wanted)

interface OrgFacts {
  name: string
  type: string
  openedAt: string
  openedPrecision: string
  closedAt: string | null
}

/** What keeps an organisation from having this post at that time; null when nothing does. */
export function postProblem(org: OrgFacts, post: string, from: Dated, to = INFINITY): FieldProblem | null {
  const pioneers = org.type === 'pioneersCommittee'
  const ofPioneers = post === 'director' || post === 'deputyDirector'
  if (pioneers !== ofPioneers && postOf(post)?.officer)
    return {
      field: 'post',
      reason: pioneers
        ? `“${org.name}”是少工委，职务是主任、副主任`
        : `“${org.name}”不是少工委，没有主任、副主任`,
      remedy: '请改职务，或改组织',
    }
  return outsideLife(
    org,
    { from, to },
    { dateTitle: APPOINTMENT.from, tooEarly: '请改正其中一个日期', tooLate: '请登记在接收它的组织' },
  )
}

/** A value or a word of it; null stays null. @throws invalid naming the possible words */
export function choiceOf(field: string, title: string, options: TargetOption[], value: string): string {
  const found = options.find(
    (o) => o.value === value || o.title === value || o.synonyms?.includes(value) === true,
  )
  if (found) return found.value
  const list = options.map((o) => o.title).join('、')
  throw refuse({ field, reason: `${title}“${value}”不在可选范围内，可以是：${list}` })
}

/** 组织委员 is a 委员 of that title; without a title, the post's own word. */
export function readPost(post: string, postTitle?: string): { post: string; postTitle: string } {
  const value = choiceOf('post', '职务', POSTS, post)
  const own = postOf(value)?.title ?? value
  const said = postOf(post) ? own : post
  return { post: value, postTitle: postTitle?.trim() || said }
}

export interface Vacancy {
  post: string
  title: string
  message: string
}

const EXPECTED: Record<string, string[]> = {
  committee: ['secretary', 'deputySecretary', 'committeeMember'],
  workCommittee: ['secretary', 'deputySecretary'],
  generalBranch: ['secretary'],
  branch: ['secretary'],
  pioneersCommittee: ['director'],
}

/** Posts that such a body should have and nobody holds. */
export function vacanciesOf(type: string, held: string[]): Vacancy[] {
  return (EXPECTED[type] ?? [])
    .filter((post) => !held.includes(post))
    .map((post) => {
      const title = postOf(post)?.title ?? post
      return { post, title, message: `没有在任的${title}` }
    })
}

export const rankOf = (post: string): number => POSTS.findIndex((p) => p.value === post)
