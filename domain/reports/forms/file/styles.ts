/** How an Excel cell looks, as far as pointing at it and writing into it needs. */

import type { CellFormat, FormCell } from './model.ts'
import { child, children, type Parts } from './parts.ts'

export type Look = Pick<FormCell, 'format' | 'bold' | 'align'>

export interface Styles {
  of(style: string | null): Look
}

/** Numbers of formats that every Excel knows without their being written in the file. */
const KNOWN: Record<number, string> = {
  9: '0%',
  10: '0.00%',
  14: 'yyyy-mm-dd',
  22: 'yyyy-mm-dd h:mm',
  49: '@',
}
const isDateFormat = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58)

export function stylesIn(parts: Parts): Styles {
  if (!parts.has('xl/styles.xml')) return { of: () => ({ format: 'general' }) }
  const sheet = child(parts.xml('xl/styles.xml'), 'styleSheet')
  const codes = new Map(
    children(child(sheet, 'numFmts'), 'numFmt').map((f) => [
      Number(f.getAttribute('numFmtId')),
      f.getAttribute('formatCode') ?? '',
    ]),
  )
  const bold = children(child(sheet, 'fonts'), 'font').map((f) => child(f, 'b') !== undefined)
  const looks = children(child(sheet, 'cellXfs'), 'xf').map((xf): Look => {
    const align = child(xf, 'alignment')?.getAttribute('horizontal') ?? ''
    return {
      format: formatOf(Number(xf.getAttribute('numFmtId') ?? 0), codes),
      ...(bold[Number(xf.getAttribute('fontId') ?? 0)] && { bold: true }),
      ...((align === 'left' || align === 'center' || align === 'right') && { align }),
    }
  })
  return { of: (style) => looks[Number(style ?? 0)] ?? { format: 'general' } }
}

function formatOf(id: number, codes: Map<number, string>): CellFormat {
  const code = codes.get(id) ?? KNOWN[id] ?? ''
  if (code === '@') return 'text'
  if (code.includes('%')) return 'percent'
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
  if ((!codes.has(id) && isDateFormat(id)) || /[ymd年月日]/i.test(bare)) return 'date'
  return /[0#]/.test(bare) || (id > 0 && id < 49) ? 'number' : 'general'
}
