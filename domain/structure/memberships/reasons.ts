/** Why a membership begins and ends. Browser-safe. */

const options = (list: [string, string][]) => list.map(([value, title]) => ({ value, title }))

export const START_REASONS = options([
  ['admission', '新发展'],
  ['transferIn', '转入'],
  ['roster', '花名册登记'],
  ['restored', '恢复团籍'],
  ['declared', '亮明身份'],
  ['merge', '组织合并'],
])

export const END_REASONS = options([
  ['transferOut', '转出'],
  ['ageOut', '超龄离团'],
  ['resigned', '退团'],
  ['removed', '除名'],
  ['expelled', '开除团籍'],
  ['death', '去世'],
  ['merge', '组织合并'],
  ['other', '其他'],
])
