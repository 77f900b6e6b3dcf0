import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../indicators/catalogue.ts'
import { builtInLedgers } from '../../records/ledgers/registry.ts'
import { formOf } from './fixtures.ts'
import type { Entry } from './mapping.ts'
import { placesIn, suggest } from './suggest.ts'

const all = catalogueOf(builtInLedgers)
const VILLAGES = [
  { id: 'w', name: '柳河村团支部' },
  { id: 'p', name: '桃源村团支部' },
]

const suggested = (rows: string[][], orgs = VILLAGES) => {
  const cells = [...suggest(formOf(rows), all, orgs, builtInLedgers)]
  return (row: number, column: number) =>
    cells.find((c) => c.row === row && c.column === column)?.suggestions ?? []
}

const told = (entry: Entry | undefined): string => {
  if (entry?.kind !== 'figure') return entry?.kind === 'text' ? entry.what : (entry?.kind ?? '')
  const where = Object.entries(entry.where ?? {}).sort()
  return [entry.measure, ...where.map((one) => one.join('=')), entry.period === 'own' ? '' : entry.period]
    .filter(Boolean)
    .join(' ')
}

/** What offices write beside a cell, and the figure that is meant. */
const PAIRS: [row: string, column: string, means: string][] = [
  ['团员总数', '数量', 'members.count'],
  ['团员数（人）', '合计', 'members.count'],
  ['现有团员', '人数', 'members.count'],
  ['女团员数', '数量', 'members.count sex=female'],
  ['团员总数', '其中：女', 'members.count sex=female'],
  ['少数民族团员', '人数', 'members.minority'],
  ['团员', '35岁以下', 'members.count age=..35'],
  ['流动团员数', '数量', 'members.count mobile=是'],
  ['发展新团员数', '本期', 'members.admitted'],
  ['发展团员', '去年同期', 'members.admitted yearBefore'],
  ['转入团员', '数量', 'members.transferredIn'],
  ['转出团员数', '数量', 'members.transferredOut'],
  ['超龄离团人数', '数量', 'members.agedOut'],
  ['团支部数', '数量', 'org.branches'],
  ['下辖团支部（个）', '数量', 'org.branches'],
  ['团干部', '数量', 'officers.people'],
  ['团干部人数', '其中：女', 'officers.people sex=female'],
  ['专职团干部', '人数', 'officers.fullTime'],
  ['志愿服务活动次数', '本月', 'volunteering.count'],
  ['志愿服务', '人次', 'volunteering.personTimes'],
  ['志愿服务', '时长', 'volunteering.hours'],
  ['志愿服务人次', '今年以来', 'volunteering.personTimes thisYear'],
  ['志愿服务', '上月', 'volunteering.count preceding'],
  ['主题团日活动场次', '数量', 'themeActivity.count kind=themeDay'],
  ['主题活动', '场次', 'themeActivity.count'],
  ['主题活动', '参与人次', 'themeActivity.personTimes'],
  ['主题活动场数', '截至月末', 'themeActivity.count everUntil'],
  ['团费收缴率', '比例', 'dues.paidRate'],
  ['青年之家数量', '个', 'youthHome.count'],
  ['青年大学习', '人次', 'onlineStudy.personTimes'],
  ['宣传报道篇数', '数量', 'publicity.count'],
  ['培训班期数', '数量', 'training.count'],
  ['填报单位', '', 'org'],
  ['填表人', '', 'preparer'],
  ['填报日期', '', 'day'],
  ['联系电话', '', 'constant'],
  ['备注', '', 'blank'],
  ['负责人签字', '', 'blank'],
]

describe('what may go into a cell', () => {
  test('of the words that offices write, nineteen in twenty are understood at once', () => {
    const missed = PAIRS.flatMap(([row, column, means]) => {
      const at = suggested(
        column
          ? [
              ['项目', column],
              [row, ''],
            ]
          : [[`${row}：`, '']],
      )
      const first = column ? at(1, 1)[0] : at(0, 1)[0]
      const got = told(first?.entry)
      return got === means ? [] : [`${row}|${column}: ${got}`]
    })
    expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(PAIRS.length / 20)
  })

  test('a label that is not understood leads to no suggestion that is taken unseen', () => {
    const at = suggested([
      ['项目', '数量'],
      ['推优入党人数', ''],
      ['转出党组织关系的团员', ''],
    ])
    expect(at(1, 1).filter((one) => one.sure)).toEqual([])
    expect(at(2, 1).filter((one) => one.sure)).toEqual([])
  })

  test('organisations in rows and in columns are asked about there, and 合计 of the whole', () => {
    const at = suggested([
      ['单位', '团员数', '志愿服务次数'],
      ['柳河村', '', ''],
      ['桃源村', '', ''],
      ['合计', '', ''],
    ])
    expect(at(1, 1)[0]).toMatchObject({ sure: true, entry: { measure: 'members.count', org: 'row' } })
    expect(at(3, 2)[0]).toMatchObject({ sure: true, entry: { measure: 'volunteering.count', org: 'own' } })
    const turned = suggested([
      ['项目', '柳河村', '桃源村'],
      ['团员数', '', ''],
      ['团干部', '', ''],
    ])
    expect(turned(1, 2)[0]?.entry).toMatchObject({ measure: 'members.count', org: 'column' })
  })

  test('a name that two organisations bear names neither', () => {
    const form = formOf([
      ['单位', '团员数'],
      ['柳河村', ''],
      ['桃源村', ''],
    ])
    const places = placesIn(form, [...VILLAGES, { id: 'x', name: '柳河村团总支' }])
    expect(places).toEqual({ 桃源村: { id: 'p', name: '桃源村团支部' } })
  })

  test('blank lines under heads are a list of rows, its columns found by their heads', () => {
    const at = suggested([
      ['团员花名册', '', '', '', ''],
      ['序号', '姓名', '性别', '所在团支部', '备注'],
      ['1', '', '', '', ''],
      ['2', '', '', '', ''],
    ])
    expect(at(2, 1)[0]).toMatchObject({
      sure: true,
      entry: {
        kind: 'list',
        measure: 'members.count',
        through: 3,
        columns: [
          { column: 0, from: 'serial' },
          { column: 1, from: 'name' },
          { column: 2, from: 'sex' },
          { column: 3, from: 'branch' },
        ],
      },
    })
    expect(at(2, 2)).toEqual([])
  })
})
