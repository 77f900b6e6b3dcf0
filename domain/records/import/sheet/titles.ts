/** What stands above the header: the title, 填报单位, 填报时间, 单位：万元, a year. */
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { filledColumns, type Grid } from './grid.ts'
import { chineseNumber, squash, tidy } from './parse/text.ts'
import { knownUnit } from './parse/units.ts'
import type { SheetTitle, TitleDay } from './reading.ts'

const UNIT_LABEL =
  /^(?:填报|填表|报送|上报|制表|申报|汇总|所在|主办)?(?:单位|团组织|部门|组织)(?:名称)?[(（]?(?:盖章|公章|章)?[)）]?[:：](.+)$/
const DATE_LABEL = /^(?:填报|填表|报送|上报|制表|统计|截止|截至|更新)?(?:时间|日期|年月)[:：]?(.*\d.*)$/

export function readTitle(grid: Grid, headerTop: number): SheetTitle {
  const lines: string[] = []
  const telling: string[] = []
  const title: SheetTitle = { text: '' }
  for (let r = 0; r < headerTop; r++) {
    const texts = filledColumns(grid, r).map((c) => tidy(grid.cell(r, c).shown))
    if (texts.length > 0) lines.push(texts.join(' '))
    for (const part of texts.flatMap(partsOf))
      if (!takePart(title, part)) telling.push(squash(part).replace(AS_OF, ''))
  }
  title.text = lines.join('\n')
  const year = yearIn(title.text) ?? yearIn(grid.sheet.name)
  const [lone, others] = [true, false].map((alone) =>
    telling.filter((part) => (ALONE.exec(part)?.[1] === part) === alone).join(' '),
  )
  const when = whenOf(others ?? '') ?? whenOf(lone ?? '')
  return { ...title, ...(year === null ? {} : { year }), ...(when === null ? {} : { when }) }
}

const DAY = String.raw`(?:19|20|二[〇零○])[\d〇零○一二三四五六七八九]{2}[年./-][\d一二三四五六七八九十]{1,2}(?:月(?:[\d一二三四五六七八九十]{1,3}[日号]?)?|[./-]\d{1,2})`
/** Says when the sheet was made, which is not when its rows were. */
const MADE = /^(填报|填表|报送|上报|制表|截止|截至|更新)/
/** 截至2024年6月15日 anywhere in a line. */
const AS_OF = new RegExp(`截[至止]到?(?:时间|日期)?[:：]?(${DAY})`)
/** A day alone in its cell, or in brackets at the end of the title. */
const ALONE = new RegExp(`^(?:.*[(（])?(${DAY})[)）]?$`)

/** 填报单位：柳河镇团委    填报时间：2024年6月 in one cell are two parts. */
const partsOf = (text: string) => text.split(/\s{2,}|\n|\s(?=\S{2,6}[:：])/).map((part) => part.trim())

/** Whether the part says for whom, when or in what the sheet was made, and nothing of what it tells. */
function takePart(title: SheetTitle, part: string): boolean {
  const flat = squash(part).replace(/[(（](盖章|公章|章)[)）]/g, '')
  const measure = /^[(（]?(?:金额|计量|计数)?单位[:：](.{1,8}?)[)）]?$/.exec(flat)?.[1]
  const units = measure?.split(/[、,，/]/).filter((word) => knownUnit(word) !== null) ?? []
  if (units.length > 0) {
    title.measure ??= units.find((word) => word.endsWith('元')) ?? units[0] ?? ''
    return true
  }
  const unit = UNIT_LABEL.exec(flat)?.[1]
  if (unit) title.unit ??= unit
  const labelled = DATE_LABEL.exec(flat)?.[1]
  const date = labelled ?? AS_OF.exec(flat)?.[1] ?? ALONE.exec(flat)?.[1]
  if (date) title.date ??= date
  return unit !== undefined || (labelled !== undefined && MADE.test(flat))
}

/** The one day, else month, else year that a title names; null when it names several. */
function whenOf(text: string): TitleDay | null {
  const full = /((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?(?![\d年日至到—~～-])/g
  const months = /((?:19|20)\d\d)[年.\-/](\d{1,2})月(?![\d至到—~～-])/g
  for (const [pattern, precision] of [
    [full, 'day'],
    [months, 'month'],
  ] as const) {
    const found = new Set([...text.matchAll(pattern)].map(([, ...parts]) => padded(parts)))
    const [value] = found
    if (found.size === 1 && value && !Number.isNaN(Date.parse(value))) return { value, precision }
  }
  const year = yearIn(text)
  return year === null ? null : { value: `${year}-01-01`, precision: 'year' }
}

const padded = ([year, month, day = '1']: string[]) =>
  `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`

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

const ALSO_CALLED = 0.6

/**
 * What the title calls the sheet: 1 for the kind whose word is the longest, the last of two (志愿者协会换届选举结果 is of
 * an election), less for others that it names, nothing for the rest.
 */
export function calledBy(targets: Target[], texts: string[]): Map<Target, number> {
  const flat = texts.map(squash)
  const found = targets.flatMap((target) => {
    const words = [target.title, ...target.synonyms].map(squash)
    const hits = flat.flatMap((text) =>
      words.flatMap((word) => {
        const at = text.lastIndexOf(word)
        return at < 0 ? [] : [{ end: at + word.length, length: word.length }]
      }),
    )
    const [best] = hits.sort(longestAndLast)
    return best ? [{ target, ...best }] : []
  })
  const [head] = [...found].sort(longestAndLast)
  return new Map(
    found.map((one) => [
      one.target,
      head && one.end === head.end && one.length === head.length ? 1 : ALSO_CALLED,
    ]),
  )
}

const longestAndLast = (a: { end: number; length: number }, b: { end: number; length: number }) =>
  b.length - a.length || b.end - a.end
