/**
 * 报表 as superiors send them: a sheet with merged heads, one that adds up by formulas, a table in Word. The first is
 * filled every month by 栗岚镇, the others lie on the desk for whoever tries them.
 */
import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { type Cell, type CellStyle, type MergeRange, writeXlsx } from 'hucre/xlsx'
import {
  fillForm,
  getForm,
  saveForm,
  submitFilled,
  suggestEntries,
  uploadForm,
} from '../domain/reports/forms/contract.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Actor } from '../kernel/context.ts'
import type { SheetFile } from './sheets.ts'
import { call, type Stage } from './stage.ts'

const SENDER = '团县委组织部'

const line = { style: 'thin' } as const
const boxed: CellStyle = {
  border: { top: line, bottom: line, left: line, right: line },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}
const titled: CellStyle = { font: { bold: true, size: 16 }, alignment: { horizontal: 'center' } }
const plain: CellStyle = { alignment: { horizontal: 'left' } }

interface Drawn {
  name: string
  rows: string[][]
  widths: number[]
  merges: MergeRange[]
  /** Rows before and after the boxed table. */
  head: number
  foot: number
  percents?: [row: number, column: number][]
}

const span = (startRow: number, startCol: number, endRow: number, endCol: number): MergeRange => ({
  startRow,
  startCol,
  endRow,
  endCol,
})

/** A text that begins with = is a formula. */
async function drawn({ name, rows, widths, merges, head, foot, percents = [] }: Drawn): Promise<Uint8Array> {
  const cells = new Map<string, Partial<Cell>>()
  for (const [row, texts] of rows.entries())
    for (const [column, text] of texts.entries()) {
      const inTable = row >= head && row < rows.length - foot
      const share = percents.some((at) => at[0] === row && at[1] === column)
      const style = inTable ? { ...boxed, ...(share && { numFmt: '0.0%' }) } : row === 0 ? titled : plain
      const formula = text.startsWith('=') ? { formula: text.slice(1), value: null } : { value: text || null }
      cells.set(`${row},${column}`, { ...formula, style })
    }
  const values = rows.map((texts) => texts.map((text) => (text.startsWith('=') ? null : text || null)))
  const columns = widths.map((width) => ({ width }))
  return writeXlsx({ sheets: [{ name, rows: values, cells, merges, columns }] })
}

/** Merged heads, parts of a whole, a share in percent. */
export async function monthlyForm(month: string): Promise<SheetFile> {
  const items = [
    ['团员队伍', '团员总数', '人'],
    ['', '其中：女', '人'],
    ['', '其中：少数民族', '人'],
    ['', '流动团员数', '人'],
    ['', '发展新团员数', '人'],
    ['团干部', '团干部', '人'],
    ['', '专职团干部', '人'],
    ['团的活动', '主题活动场次', '场'],
    ['', '主题活动参与人次', '人次'],
    ['', '志愿服务次数', '次'],
    ['', '志愿服务人次', '人次'],
    ['团费', '团费收缴率', '%'],
  ]
  const rows = [
    [`全县共青团工作情况月报表（${month}）`, '', '', '', '', ''],
    ['填报单位（盖章）：', '', '', '填报日期：', '', ''],
    ['类别', '项目', '单位', '本月数', '今年以来', '备注'],
    ...items.map((texts) => [...texts, '', '', '']),
    ['填表人：', '', '', '联系电话：', '', ''],
  ]
  const bytes = await drawn({
    name: '月报',
    rows,
    head: 2,
    foot: 1,
    widths: [12, 22, 8, 14, 14, 16],
    merges: [span(0, 0, 0, 5), span(3, 0, 7, 0), span(8, 0, 9, 0), span(10, 0, 13, 0)],
    percents: [
      [14, 3],
      [14, 4],
    ],
  })
  return { name: `全县共青团工作情况月报表（${month}）.xlsx`, bytes }
}

const PLACES = ['霁塘村', '槿湾村', '砚坞村', '蓼汀村', '樾溪村', '荻浦村']

/** A line an organisation, and the sum by formula. */
export async function villagesForm(): Promise<SheetFile> {
  const first = 4
  const last = first + PLACES.length - 1
  const sum = (column: string) => `=SUM(${column}${first}:${column}${last})`
  const rows = [
    ['村团支部基本情况统计表', '', '', '', '', ''],
    ['序号', '团支部', '团员', '', '志愿服务次数', '主题活动场次'],
    ['', '', '总数', '其中：女', '', ''],
    ...PLACES.map((name, i) => [String(i + 1), name, '', '', '', '']),
    ['', '合计', ...['C', 'D', 'E', 'F'].map(sum)],
  ]
  const bytes = await drawn({
    name: 'Sheet1',
    rows,
    head: 1,
    foot: 0,
    widths: [8, 18, 10, 10, 14, 14],
    merges: [
      span(0, 0, 0, 5),
      span(1, 0, 2, 0),
      span(1, 1, 2, 1),
      span(1, 2, 1, 3),
      span(1, 4, 2, 4),
      span(1, 5, 2, 5),
    ],
  })
  return { name: '村团支部基本情况统计表.xlsx', bytes }
}

/** Labels and places for values side by side, in Word. */
export async function cardForm(): Promise<SheetFile> {
  const pairs = [
    ['单位名称', '', '填报日期', ''],
    ['团员总数', '', '女团员数', ''],
    ['团支部数', '', '团干部', ''],
    ['志愿服务次数', '', '志愿服务人次', ''],
    ['青年之家数量', '', '填表人', ''],
  ]
  const font = { ascii: 'Times New Roman', eastAsia: '仿宋' }
  const cell = (text: string) =>
    new TableCell({
      width: { size: 2211, type: WidthType.DXA },
      children: [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          run: { font, size: 24 },
          children: [new TextRun({ text, font, size: 24 })],
        }),
      ],
    })
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: '2024年上半年基层团组织情况登记表', bold: true, size: 36, font })],
          }),
          new Table({
            columnWidths: [2211, 2211, 2211, 2211],
            width: { size: 8844, type: WidthType.DXA },
            rows: pairs.map((texts) => new TableRow({ children: texts.map(cell) })),
          }),
        ],
      },
    ],
  })
  return { name: '基层团组织情况登记表.docx', bytes: new Uint8Array(await Packer.toBuffer(document)) }
}

/** May's return was pointed at, filled and handed in; the others wait. */
export async function receiveForms(stage: Stage, by: Actor | undefined, org: Org): Promise<void> {
  const receive = async (moment: string, { name, bytes }: SheetFile) =>
    call(stage.at(moment, by), uploadForm, {
      body: { org: org.id, sender: SENDER } as never,
      uploads: [{ name, mediaType: '', bytes }],
    })
  const { id } = await receive('2024-06-03 09:10:00', await monthlyForm('2024年5月'))
  await acceptGood(stage, by, id)
  const filled = await call(stage.at('2024-06-03 09:20:00', by), fillForm, {
    params: { id },
    body: { period: '2024-05' },
  })
  await call(stage.at('2024-06-03 09:30:00', by), submitFilled, {
    params: { id: filled.id },
    body: { on: '2024-06-03', to: SENDER },
  })
  await receive('2024-06-17 16:00:00', await villagesForm())
  await receive('2024-06-17 16:02:00', await cardForm())
}

async function acceptGood(stage: Stage, by: Actor | undefined, id: string): Promise<void> {
  const ctx = stage.at('2024-06-03 09:15:00', by)
  const { version } = await call(ctx, getForm, { params: { id } })
  const { cells } = await call(ctx, suggestEntries, { params: { id } })
  const mapping = cells.flatMap(({ table, row, column, suggestions: [first] }) => {
    const entry = first?.entry.kind === 'text' && first.entry.what === 'constant' ? TELEPHONE : first?.entry
    return first && entry && (first.sure || entry === TELEPHONE) ? [{ table, row, column, entry }] : []
  })
  await call(ctx, saveForm, { params: { id }, body: { version, mapping } })
}

const TELEPHONE = { kind: 'text', what: 'constant', text: '199 0000 0301' } as const
