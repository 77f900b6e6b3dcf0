/** The members' roster as a file, with the columns that the import reads. */

import type { Roster } from '../people/roster.ts'
import { type ExportColumn, personExport } from '../people/words.ts'
import type { MemberFilter, MemberRow } from './contract.ts'
import { membersOf } from './queries.ts'

const columns: ExportColumn<MemberRow>[] = [
  personExport.name,
  personExport.sex,
  personExport.ethnicity,
  personExport.birth,
  personExport.age,
  personExport.education,
  personExport.politics,
  personExport.idNo,
  personExport.phone,
  { title: '所在团支部', width: 26, value: (m) => m.orgName },
  personExport.joined,
  { title: '团员编号', width: 16, value: (m) => m.memberNo },
  { title: '团内职务', width: 26, value: (m) => m.posts.join('、') || null },
  { title: '是否流动', value: (m) => (m.mobile ? '是' : '否') },
  { title: '流动去向', width: 16, value: (m) => m.mobile?.place ?? null },
]

export const roster: Roster<MemberFilter, MemberRow> = {
  job: 'members.export',
  title: '团员花名册',
  columns,
  told: (people) => `${people} 人`,
  page: async (ctx, filter, page) => {
    const { org, asOf, total, rows } = await membersOf(ctx, { sort: 'org', ...filter }, page)
    return { org, asOf, total, people: rows.length, lines: rows }
  },
}
