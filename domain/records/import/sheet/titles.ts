/** What stands above the header: the title, 填报单位, 填报时间, 单位：万元, a year. */
import { filledColumns, type Grid } from './grid.ts'
import { chineseNumber, squash, tidy } from './parse/text.ts'
import { knownUnit } from './parse/units.ts'
import type { SheetTitle } from './reading.ts'

const UNIT_LABEL =
  /^(?:填报|填表|报送|上报|制表|申报|汇总|所在|主办)?(?:单位|团组织|部门|组织)(?:名称)?[(（]?(?:盖章|公章|章)?[)）]?[:：](.+)$/
const DATE_LABEL = /^(?:填报|填表|报送|上报|制表|统计|截止|截至|更新)?(?:时间|日期|年月)[:：]?(.*\d.*)$/

export function readTitle(grid: Grid, headerTop: number): SheetTitle {
  const lines: string[] = []
  const title: SheetTitle = { text: '' }
  for (let r = 0; r < headerTop; r++) {
    const texts = filledColumns(grid, r).map((c) => tidy(grid.cell(r, c).shown))
    if (texts.length > 0) lines.push(texts.join(' '))
    texts.flatMap(partsOf).forEach((part) => {
      takePart(title, part)
    })
  }
  title.text = lines.join('\n')
  const year = yearIn(title.text) ?? yearIn(grid.sheet.name)
  return year === null ? title : { ...title, year }
}

/** 填报单位：柳河镇团委    填报时间：2024年6月 in one cell are two parts. */
const partsOf = (text: string) => text.split(/\s{2,}|\n|\s(?=\S{2,6}[:：])/).map((part) => part.trim())

function takePart(title: SheetTitle, part: string) {
  const flat = squash(part).replace(/[(（](盖章|公章|章)[)）]/g, '')
  const measure = /^[(（]?(?:金额|计量|计数)?单位[:：](.{1,8}?)[)）]?$/.exec(flat)?.[1]
  const units = measure?.split(/[、,，/]/).filter((word) => knownUnit(word) !== null) ?? []
  if (units.length > 0) {
    title.measure ??= units.find((word) => word.endsWith('元')) ?? units[0] ?? ''
    return
  }
  const unit = UNIT_LABEL.exec(flat)?.[1]
  if (unit) title.unit ??= unit
  const date = DATE_LABEL.exec(flat)?.[1]
  if (date) title.date ??= date
}

/** The one year that a title names; null when it names none or several. */
function yearIn(text: string): number | null {
  const named = [...text.matchAll(/(20\d\d|19\d\d)(?=年|[-./]\d|度|\s|$|[^\d])/g)].map((found) =>
    Number(found[1]),
  )
  const spoken = [...text.matchAll(/([二一][〇零○九]?[〇零○一二三四五六七八九]{2,3})(?=年)/g)].flatMap(
    (found) => {
      const value = chineseNumber((found[1] ?? '').replaceAll('○', '〇'))
      return value !== null && value >= 1900 && value <= 2100 ? [value] : []
    },
  )
  const years = new Set([...named, ...spoken])
  const [only] = years
  return years.size === 1 && only !== undefined ? only : null
}
