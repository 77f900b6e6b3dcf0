/** The officers' roster as a file, with the columns that the import reads; one line for each post. */

import type { Roster } from '../people/roster.ts'
import { type ExportColumn, looseDate, personExport } from '../people/words.ts'
import type { HeldPost, OfficerFilter, OfficerRow } from './contract.ts'
import { APPOINTMENT_MODES, OFFICER_KINDS } from './posts.ts'
import { officersOf } from './queries.ts'

type Line = OfficerRow & { post: HeldPost }

const word = (options: { value: string; title: string }[], value: string | null) =>
  options.find((o) => o.value === value)?.title ?? value

const columns: ExportColumn<Line>[] = [
  personExport.name,
  personExport.sex,
  personExport.ethnicity,
  personExport.birth,
  personExport.age,
  personExport.education,
  personExport.politics,
  personExport.idNo,
  personExport.phone,
  { title: '所在团组织', width: 26, value: (l) => l.post.orgName },
  { title: '团内职务', width: 14, value: (l) => l.post.postTitle },
  { title: '团干部性质', value: (l) => word(OFFICER_KINDS, l.post.officerKind) },
  { title: '任职方式', value: (l) => word(APPOINTMENT_MODES, l.post.mode) },
  { title: '任职时间', width: 12, value: (l) => looseDate(l.post.from, l.post.fromPrecision) },
  { title: '是否大学生村官', value: (l) => (l.graduateVillageOfficial ? '是' : '否') },
]

export const roster: Roster<OfficerFilter, Line> = {
  job: 'officers.export',
  title: '团干部花名册',
  columns,
  told: (people, posts) => `${people} 人、${posts} 个职务，一职一行`,
  page: async (ctx, filter, page) => {
    const { org, asOf, total, rows } = await officersOf(ctx, filter, page)
    const lines = rows.flatMap((person) => person.posts.map((post) => ({ ...person, post })))
    return { org, asOf, total, people: rows.length, lines }
  },
}
