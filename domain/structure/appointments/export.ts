/** The columns of the officers' roster as it is exported: those that the import reads; one line for each post. */
import { type ExportColumn, looseDate, personExport } from '../people/words.ts'
import type { HeldPost, OfficerRow } from './contract.ts'
import { APPOINTMENT_MODES, OFFICER_KINDS } from './posts.ts'

type Line = OfficerRow & { post: HeldPost }

const word = (options: { value: string; title: string }[], value: string | null) =>
  options.find((o) => o.value === value)?.title ?? value

export const columnsOfExport: ExportColumn<Line>[] = [
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
