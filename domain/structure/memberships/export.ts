/** The columns of the members' roster as it is exported: those that the import reads. */
import { type ExportColumn, personExport } from '../people/words.ts'
import type { MemberRow } from './contract.ts'

export const columnsOfExport: ExportColumn<MemberRow>[] = [
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
