import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actorWith } from '../../../kernel/testing.ts'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { checkImport, listBatches, previewImport } from './contract.ts'
import { book, idOf, phoneOf, type Written } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const HEADER = ['序号', '姓名', '性别', '身份证号', '所在团支部', '入团时间', '联系电话']

const member = (i: number, name: string, branch: string | null, more: Written[] = []): Written[] => [
  i,
  name,
  i % 3 === 0 ? '女' : '男',
  more[0] === undefined ? idOf(i) : more[0],
  branch,
  more[1] === undefined ? '2018年5月' : more[1],
  phoneOf(i),
]

const roster = (...rows: Written[][]) => book([['白鹭镇团员花名册'], HEADER, ...rows])

const members = () =>
  desk.world.owner
    .selectFrom('membership as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.id', '=', 'm.personId').onRef('p.countyId', '=', 'm.countyId'),
    )
    .select(['p.name', 'm.orgId', 'm.validFrom', 'm.fromPrecision', 'p.identityState', 'p.idNoMasked'])
    .where('m.voidedAt', 'is', null)
    .orderBy('p.name')
    .execute()

const reasons = (report: { rows: { row: number; problems: { severity: string; reason: string }[] }[] }) =>
  report.rows.flatMap(({ row, problems }) =>
    problems.filter((one) => one.severity !== 'warning').map((one) => `${row} ${one.reason}`),
  )

describe('a roster of members', () => {
  test('is checked without writing, then taken over whole', async () => {
    const { south, peach, plum } = desk.tree
    const file = roster(
      member(1, '赵一鸣', '桃源村团支部'),
      member(2, '钱晓', '桃源村'),
      member(3, '孙思远', '共青团李家村支部', [undefined as never, '2019-05-04']),
      ['合计', '3人', null, null, null, null, null],
    )
    const checked = await desk.check(file, south)
    expect(checked.kind).toBe('members')
    expect(checked.rows.map((one) => [one.row, one.state, one.org])).toEqual([
      [3, 'new', '桃源村团支部'],
      [4, 'new', '桃源村团支部'],
      [5, 'new', '李家村团支部'],
    ])
    expect(await members()).toEqual([])
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ written: true, counts: { rows: 3, new: 3, refused: 0 }, failedFile: null })
    expect((await members()).map((one) => [one.name, one.orgId])).toEqual([
      ['孙思远', plum.id],
      ['赵一鸣', peach.id],
      ['钱晓', peach.id],
    ])
  })

  test('writes nothing when one row fails, unless only the good ones are wanted', async () => {
    const { south } = desk.tree
    const file = roster(member(1, '赵一鸣', '桃源村'), member(2, '钱晓', '不知村'))
    const all = await desk.take(file, south)
    expect(all).toMatchObject({ written: false, batch: null })
    expect(reasons(all)).toEqual(['4 “白鹭镇”下没有“不知村”'])
    expect(await members()).toEqual([])
    const good = await desk.take(file, south, { onlyGood: true })
    expect(good).toMatchObject({ written: true, counts: { new: 1, refused: 1 } })
    expect((await members()).map((one) => one.name)).toEqual(['赵一鸣'])
  })

  test('a wrong guess about the header is mended by naming its row', async () => {
    const { south } = desk.tree
    const file = book([
      ['姓名', '性别', '身份证号', '所在团支部', '入团时间', '联系电话', '团内职务'],
      ['填写说明', '男或女', '十八位', '写全称', '年月', '十一位', '没有不填'],
      HEADER.slice(0, 5),
      member(1, '赵一鸣', '桃源村').slice(0, 5),
    ])
    const { file: stored, headerRows } = await desk.upload(file, south)
    expect(headerRows).toEqual([1])
    const body = { file: stored, org: south.id, headerRow: 3 }
    const mended = await desk.call(previewImport, { body })
    expect(mended).toMatchObject({ headerRows: [3], dataRows: 1, kind: 'members' })
    expect(await desk.take(file, south, { headerRow: 3 })).toMatchObject({
      written: true,
      counts: { new: 1 },
    })
    await expect(desk.call(previewImport, { body: { ...body, headerRow: 9 } })).rejects.toMatchObject({
      code: 'noSuchRow',
    })
  })

  test('a day in the title is proposed and said, and counts once somebody asks for it', async () => {
    const { south } = desk.tree
    const file = book([
      ['白鹭镇团员花名册（截至2024年6月15日）'],
      HEADER,
      member(1, '赵一鸣', '桃源村', [undefined as never, null]),
    ])
    expect(await desk.upload(file, south)).toMatchObject({ statementDate: '2024-06-15' })
    const silent = await desk.check(file, south)
    expect(silent.statementDate).toBeNull()
    expect(silent.warnings.join()).toContain('2024-06-15')
    const asked = await desk.check(file, south, { statementDate: '2024-06-15' })
    expect(asked.warnings.join()).not.toContain('2024-06-15')
  })

  test('a row that is refused and asks as well is counted among those that ask', async () => {
    const { south } = desk.tree
    const file = roster(
      member(1, '赵一鸣', '不知村', [undefined as never, 2023.1]),
      member(2, '钱晓', '桃源村', [undefined as never, 2023.1]),
    )
    const { counts, rows, findings } = await desk.check(file, south)
    const asking = rows.filter(({ problems }) => problems.some((one) => one.severity === 'confirm'))
    expect(counts).toMatchObject({ refused: 1, confirm: 1, asking: 2 })
    expect(asking).toHaveLength(counts.asking)
    expect(findings.filter((one) => one.severity === 'confirm').length).toBeGreaterThan(0)
  })

  test('sends failed rows back as a workbook that is taken once mended', async () => {
    const { south } = desk.tree
    const file = roster(
      member(1, '赵一鸣', '桃源村'),
      member(2, '钱晓', '不知村'),
      member(3, '孙思远', '李家村', [Number(idOf(3).slice(0, 17)), undefined as never]),
    )
    const first = await desk.take(file, south, { onlyGood: true })
    const back = await desk.failedRows(first)
    const again = await desk.check(back, south)
    expect(again.counts).toMatchObject({ rows: 2, refused: 2 })
    expect(again.unmapped).toEqual([])
    expect(again.mapping).toEqual(first.mapping)
    const corrections = [
      { row: again.rows[0]?.row ?? 0, column: 'E', value: '桃源村' },
      { row: again.rows[1]?.row ?? 0, column: 'D', value: idOf(3) },
    ]
    const mended = await desk.take(back, south, { corrections })
    expect(mended).toMatchObject({ written: true, counts: { rows: 2, new: 2 } })
    expect((await members()).map((one) => one.name)).toEqual(['孙思远', '赵一鸣', '钱晓'])
  })

  test('an ID number stored as a number is refused, or to be supplied when somebody agrees', async () => {
    const { south } = desk.tree
    const file = roster(member(1, '赵一鸣', '桃源村', [110101200305041230, undefined as never]))
    const refused = await desk.take(file, south)
    expect(refused.written).toBe(false)
    expect(refused.findings[0]).toMatchObject({ header: '身份证号', severity: 'error', accept: 'idPending' })
    const agreed = await desk.take(file, south, { accepted: ['idPending'] })
    expect(agreed.written).toBe(true)
    expect(await members()).toMatchObject([{ name: '赵一鸣', identityState: 'pending', idNoMasked: null }])
  })

  test('a wrong check digit is told and does not keep the row out', async () => {
    const right = idOf(1)
    const wrong = right.slice(0, 17) + (right.endsWith('5') ? '6' : '5')
    const taken = await desk.take(
      roster(member(1, '赵一鸣', '桃源村', [wrong, undefined as never])),
      desk.tree.south,
    )
    expect(taken.written).toBe(true)
    expect(taken.findings).toMatchObject([{ severity: 'warning', reason: '身份证号校验码不对', rows: [3] }])
  })

  test('one person twice: the second row is refused and names the first', async () => {
    const report = await desk.check(
      roster(
        member(1, '赵一鸣', '桃源村'),
        member(1, '赵一鸣', '李家村'),
        member(4, '郑静', '桃源村', [idOf(1), undefined as never]),
      ),
      desk.tree.south,
    )
    expect(reasons(report)).toEqual(['4 与第 3 行身份证号相同，重复了', '5 与第 3 行身份证号相同，姓名不同'])
  })

  test('namesakes whom nothing sets apart need a word', async () => {
    const { peach } = desk.tree
    const bare = book([
      ['姓名', '性别'],
      ['赵一鸣', '男'],
      ['赵一鸣', '男'],
      ['赵一鸣', '女'],
    ])
    const asked = await desk.take(bare, peach)
    expect(asked.rows.map((one) => one.state)).toEqual(['new', 'confirm', 'new'])
    const agreed = await desk.take(bare, peach, { accepted: ['namesake'] })
    expect(agreed.counts.new).toBe(3)
    const later = await desk.check(
      book([
        ['姓名', '性别', '学历'],
        ['赵一鸣', '男', '大专'],
      ]),
      peach,
    )
    expect(reasons(later)).toEqual(['2 “桃源村团支部”已有同名的“赵一鸣”，没有能区分的资料'])
  })

  test('a known person is filled in, contradictions are told, another name needs a word', async () => {
    const { peach } = desk.tree
    await desk.take(
      book([
        ['姓名', '身份证号'],
        ['赵一鸣', idOf(1)],
      ]),
      peach,
    )
    const more = book([
      ['姓名', '身份证号', '联系电话', '民族'],
      ['赵一鸣', idOf(1), phoneOf(1), '汉族'],
    ])
    const filled = await desk.take(more, peach)
    expect(filled.rows).toMatchObject([{ state: 'updated', effect: '已在“桃源村团支部”，补充民族、电话' }])
    const same = await desk.take(
      book([
        ['姓名', '身份证号', '民族'],
        ['赵一鸣', idOf(1), '汉族'],
      ]),
      peach,
    )
    expect(same.rows).toMatchObject([{ state: 'unchanged' }])
    const other = await desk.check(
      book([
        ['姓名', '身份证号', '民族'],
        ['赵一明', idOf(1), '苗族'],
      ]),
      peach,
    )
    expect(other.rows[0]?.problems.map((one) => [one.severity, one.field])).toEqual([
      ['confirm', 'name'],
      ['warning', 'ethnicity'],
    ])
  })

  test('a member of another branch is refused with the way out', async () => {
    const { south, plum } = desk.tree
    await desk.take(roster(member(1, '赵一鸣', '桃源村')), south)
    const report = await desk.take(
      roster(member(1, '赵一鸣', '李家村'), member(2, '钱晓', '李家村')),
      south,
      {
        onlyGood: true,
      },
    )
    expect(reasons(report)).toEqual(['3 此人的团籍现在“桃源村团支部”，没有重复登记'])
    expect((await members()).filter((one) => one.orgId === plum.id).map((one) => one.name)).toEqual(['钱晓'])
  })

  test('starts: the day of coming, else the day stated, else unknown and marked', async () => {
    const { peach } = desk.tree
    const rows = [
      ['姓名', '性别', '出生年月', '转入时间'],
      ['赵一鸣', '男', '2001.5', '2023年3月'],
      ['钱晓', '男', '2001.6', null],
    ]
    await desk.take(book(rows), peach, { statementDate: '2024-01-31' })
    await desk.take(
      book([
        ['姓名', '性别', '出生年月'],
        ['孙思远', '男', '2001.7'],
      ]),
      peach,
    )
    expect(
      (await members()).map(({ name, validFrom, fromPrecision }) => [name, validFrom, fromPrecision]),
    ).toEqual([
      ['孙思远', '0001-01-01 00:00:00', 'unknown'],
      ['赵一鸣', '2023-03-01 00:00:00', 'month'],
      ['钱晓', '2024-01-31 00:00:00', 'day'],
    ])
  })

  test('headings name the branch where no column does; one branch needs neither', async () => {
    const { south, peach } = desk.tree
    const file = book([
      ['姓名', '性别', '出生日期'],
      ['一、桃源村团支部', null, null],
      ['赵一鸣', '男', '2001-05-01'],
      ['二、李家村', null, null],
      ['钱晓', '女', '2002-05-01'],
    ])
    const report = await desk.check(file, south)
    expect(report.rows.map((one) => one.org)).toEqual(['桃源村团支部', '李家村团支部'])
    const alone = await desk.check(
      book([
        ['姓名', '性别'],
        ['赵一鸣', '男'],
      ]),
      south,
    )
    expect(alone.rows).toMatchObject([{ state: 'refused' }])
    const branch = await desk.check(
      book([
        ['姓名', '性别'],
        ['赵一鸣', '男'],
      ]),
      peach,
    )
    expect(branch.rows).toMatchObject([{ state: 'new', org: '桃源村团支部' }])
  })

  test('a branch that is not there is opened only when asked for', async () => {
    const { south } = desk.tree
    const file = roster(member(1, '赵一鸣', '新塘村团支部'), member(2, '钱晓', '新塘村'))
    expect((await desk.take(file, south)).written).toBe(false)
    const opened = await desk.take(file, south, { createOrgs: true })
    expect(opened).toMatchObject({
      written: true,
      newOrgs: [{ name: '新塘村团支部', parent: '白鹭镇' }],
      counts: { new: 2 },
    })
  })

  test('a month in doubt is settled for the cell or for the column', async () => {
    const { peach } = desk.tree
    const file = book([
      ['姓名', '性别', '入团时间'],
      ['赵一鸣', '男', 2018.1],
      ['钱晓', '女', 2018.1],
    ])
    const asked = await desk.take(file, peach)
    expect(asked.written).toBe(false)
    expect(asked.findings[0]).toMatchObject({ severity: 'confirm', count: 2, column: 'C' })
    const picked = await desk.take(file, peach, {
      corrections: [{ row: 2, column: 'C', value: '2018年1月' }],
      picks: [{ column: 'C', option: 1 }],
    })
    expect(picked.written).toBe(true)
    const people = await desk.world.owner
      .selectFrom('person')
      .select(['name', 'joinedLeagueOn', 'joinedLeaguePrecision'])
      .orderBy('name')
      .execute()
    expect(people).toMatchObject([
      { name: '赵一鸣', joinedLeagueOn: '2018-01-01', joinedLeaguePrecision: 'month' },
      { name: '钱晓', joinedLeagueOn: '2018-10-01', joinedLeaguePrecision: 'month' },
    ])
  })
})

describe('who may', () => {
  const at = (path: string, role: 'manager' | 'staff' | 'reader') => {
    const grant = { orgId: desk.tree.south.id, countyId: desk.tree.county.id, path, role }
    return actorWith([grant])
  }

  test('managers of the organisation; not staff for rosters, not readers, not neighbours', async () => {
    const { south, north } = desk.tree
    const file = roster(member(1, '赵一鸣', '桃源村'))
    const { file: mine } = await desk.upload(file, south)
    const body = { file: mine, org: south.id }
    await expect(desk.call(checkImport, { body }, at(south.path, 'reader'))).rejects.toThrow('权限')
    await expect(desk.call(checkImport, { body }, at(north.path, 'manager'))).rejects.toThrow('没有找到')
    await expect(
      desk.call(listBatches, { query: { org: south.id } }, at(north.path, 'staff')),
    ).rejects.toThrow()
    expect((await desk.call(listBatches, { query: { org: south.id } }, at(south.path, 'staff'))).total).toBe(
      0,
    )
  })
})
