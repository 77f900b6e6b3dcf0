/**
 * Spreadsheets as a township's desk holds them, of 枫砻镇, which has no members yet: title rows, headers of two rows,
 * merged branches, section rows, totals that do not always agree, dates in every form, an ID number kept as a number.
 */
import { type CellValue, type MergeRange, writeXlsx } from 'hucre/xlsx'
import type { PersonEntry } from '../domain/structure/people/entry.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { EMPTY } from './neighbours.ts'
import { type Maker, makerIn } from './people.ts'

export interface SheetFile {
  name: string
  bytes: Uint8Array
}

interface Page {
  name: string
  rows: CellValue[][]
  merges: MergeRange[]
}

const SEED = 990101
const TOWN = EMPTY.name.replace('团委', '')
const VILLAGES = EMPTY.units.filter((u) => u.sector === 'village').map((u) => u.name.replace('团支部', ''))

/** ID numbers and telephones of these people begin where those of the demo end. */
const NUMBERS = 8000

export async function messySheets(): Promise<SheetFile[]> {
  const chance = chanceFrom(SEED)
  const maker = makerIn('990101', chance, NUMBERS)
  const members = VILLAGES.map((village) => ({ village, people: people(maker, chance.whole(6, 9)) }))
  const pages = [
    roster(members, chance),
    officers(maker, members),
    activities(members, chance),
    dues(members),
  ]
  return Promise.all(
    pages.map(async ({ name, rows, merges }) => ({
      name: `${TOWN}${name}.xlsx`,
      bytes: await writeXlsx({ sheets: [{ name: 'Sheet1', rows, merges }] }),
    })),
  )
}

interface Village {
  village: string
  people: PersonEntry[]
}

const people = (maker: Maker, count: number): PersonEntry[] =>
  Array.from({ length: count }, () => maker.make({ orgId: '', born: ['1997-01-01', '2007-12-31'] }))

const across = (row: number, columns: number): MergeRange => ({
  ...at(row, 0),
  endRow: row,
  endCol: columns - 1,
})
const down = (row: number, rows: number, column: number): MergeRange => ({
  ...at(row, column),
  endRow: row + rows - 1,
  endCol: column,
})
const at = (startRow: number, startCol: number) => ({ startRow, startCol })

/** 2003-05-07 as different hands write it. */
function written(day: string, hand: number): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const forms = [
    `${year}.${Number(month)}.${Number(date)}`,
    `${year}年${Number(month)}月`,
    `${year}-${month}-${date}`,
    `${year}${month}${date}`,
    `${year}/${Number(month)}/${Number(date)}`,
  ]
  return forms[hand % forms.length] ?? day
}

const sexWord = ({ sex }: PersonEntry) => (sex === 'male' ? '男' : '女')
const yearsAfter = (day: string, years: number) => `${Number(day.slice(0, 4)) + years}-05-04`

/** Which row of the roster has its ID number as a number, whose last digits are lost. */
const LOST = 5

function roster(villages: Village[], chance: Chance): Page {
  const above = 2
  const head = [
    [
      '序号',
      '所在团支部',
      '姓名',
      '性别',
      '民族',
      '出生年月',
      '身份证号码',
      '文化程度',
      '入团时间',
      '联系电话',
      '流动情况',
      '',
      '备注',
    ],
    ['', '', '', '', '', '', '', '', '', '', '是否流动', '现居住地', ''],
  ]
  const width = head[0]?.length ?? 0
  const merges = [across(0, width), across(1, width), { ...at(2, 10), endRow: 2, endCol: 11 }]
  for (const column of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12]) merges.push(down(above, 2, column))
  const rows: CellValue[][] = []
  for (const { village, people: some } of villages) {
    if (some.length > 1) merges.push(down(above + 2 + rows.length, some.length, 1))
    for (const [i, person] of some.entries())
      rows.push(rosterRow({ village, person, first: i === 0, n: rows.length }, chance))
  }
  const title = `${TOWN}2024年团员花名册`
  const note = `填报单位：${TOWN}团委　　　　填报日期：2024年5月31日`
  return {
    name: '团员花名册',
    merges,
    rows: [[title], [note], ...head, ...rows, ['合计', '', `${rows.length}人`]],
  }
}

interface OnRoster {
  village: string
  person: PersonEntry
  first: boolean
  n: number
}

function rosterRow({ village, person, first, n }: OnRoster, chance: Chance): CellValue[] {
  const { name, birth = '', idNumber = '', phone = '' } = person
  const mobile = chance.some(0.25)
  return [
    ...[
      n + 1,
      first ? `${village}团支部` : null,
      n % 7 === 3 ? [...name].join(' ') : name,
      sexWord(person),
      n % 9 === 4 ? '汉' : '汉族',
    ],
    ...[written(birth, n), n === LOST ? Number(idNumber.replace('X', '0')) : n % 11 === 8 ? '' : idNumber],
    ...[chance.pick(['初中', '高中', '中专', '大专', '本科']), written(yearsAfter(birth, 15), n + 1), phone],
    ...[mobile ? '是' : '否', mobile ? chance.pick(['省城', '沿海', '邻县']) : '', ''],
  ]
}

function officers(maker: Maker, villages: Village[]): Page {
  const head = [
    '单位',
    '姓名',
    '性别',
    '民族',
    '出生年月',
    '学历',
    '政治面貌',
    '团内职务',
    '任职时间',
    '手机号码',
  ]
  const row = (unit: string, post: string, person: PersonEntry, n: number): CellValue[] => [
    ...[unit, person.name, sexWord(person), '汉族', written(person.birth ?? '', n), n < 3 ? '大学' : '大专'],
    ...[n < 4 ? '中共党员' : '共青团员', post, written('2022-11-25', n + 1), person.phone ?? ''],
  ]
  const grown = () => maker.make({ orgId: '', born: ['1988-01-01', '1996-12-31'] })
  const board = ['书记', '副书记', '组织委员'].map((post, n) => row(`${TOWN}团委`, post, grown(), n))
  const heads = villages.map(({ village, people: [first] }, i) =>
    row(`${village}团支部`, '支部书记', first ?? grown(), i + 3),
  )
  const rows = [[`${TOWN}团干部名册`], head, ['一、镇团委'], ...board, ['二、村团支部'], ...heads]
  return {
    name: '团干部名册',
    rows,
    merges: [across(0, head.length), across(2, head.length), across(3 + board.length, head.length)],
  }
}

const EVENTS: [string, string, string][] = [
  ['3月5日', '学雷锋义务劳动', '社会实践'],
  ['2024.3.12', '植树节义务植树', '植树'],
  ['2024/4/3', '清明祭英烈', '祭扫瞻仰'],
  ['2024年5月4日', '五四主题团日', '主题团日'],
  ['2024-05-20', '“学团章、知团情”主题团日', '主题团日'],
  ['20240601', '六一关爱留守儿童', '关爱慰问'],
]

function activities(villages: Village[], chance: Chance): Page {
  const head = [
    '序号',
    '活动时间',
    '活动主题',
    '开展单位',
    '活动类型',
    '地点',
    '参加人数',
    '参加人员',
    '备注',
  ]
  const rows = EVENTS.flatMap(([day, title, kind]) =>
    chance.take(villages, 2).map(({ village, people: all }): CellValue[] => {
      const there = chance.take(all, chance.whole(3, 5)).map((p) => p.name)
      const count = chance.some(0.3) ? `${there.length + 2}人` : there.length + chance.whole(0, 6)
      return [null, day, title, `${village}团支部`, kind, `${village}委会`, count, there.join('、'), null]
    }),
  )
  const numbered = rows.map((row, i) => [i + 1, ...row.slice(1)])
  return {
    name: '2024年活动台账',
    merges: [across(0, head.length)],
    rows: [[`${TOWN}2024年上半年活动台账`], head, ...numbered],
  }
}

const YUAN = 0.2
const MONTHS = ['2024年1月', '2024年2月', '2024年3月']

/** The total at the foot was typed by hand and forgets a month. */
function dues(villages: Village[]): Page {
  const head = ['支部名称', '月份', '团员人数', '应缴金额（元）', '实缴金额（元）', '未缴人员', '备注']
  const rows = villages.flatMap(({ village, people: all }) =>
    MONTHS.map((month, m): CellValue[] => {
      const late = m === 2 ? all.slice(-1) : []
      const [owed, paid] = [all.length * YUAN, (all.length - late.length) * YUAN].map((sum) =>
        Number(sum.toFixed(2)),
      )
      return [
        m === 0 ? `${village}团支部` : null,
        month,
        all.length,
        owed ?? 0,
        paid ?? 0,
        late.map((p) => p.name).join('、'),
        null,
      ]
    }),
  )
  const merges = [
    across(0, head.length),
    ...villages.map((_, i) => down(2 + i * MONTHS.length, MONTHS.length, 0)),
  ]
  const told = rows.slice(0, -1).reduce((sum, row) => sum + Number(row[4]), 0)
  return {
    name: '2024年一季度团费收缴表',
    merges,
    rows: [
      [`${TOWN}2024年第一季度团费收缴情况表`],
      head,
      ...rows,
      ['合计', '', '', '', Number(told.toFixed(2)), '', ''],
    ],
  }
}
