import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TargetField } from '../../../../../kernel/spreadsheet/target.ts'
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { sheet as officers } from '../../../../structure/appointments/sheet.ts'
import { makeCheckDigit } from '../../../../structure/people/idNumber.ts'
import { PERSON_FIELDS } from '../../../../structure/people/sheetFields.ts'
import { type CellContext, parseCell } from './cell.ts'
import { chineseNumber } from './text.ts'

const text = (shown: string): Cell => ({ kind: 'text', value: shown, shown })
const number = (value: number, format = 'General'): Cell => ({
  kind: 'number',
  value,
  shown: String(value),
  format,
})
const date = (value: string, format: string): Cell => ({ kind: 'date', value, shown: value, format })

const context: CellContext = { today: '2024-06-30', keepsZeros: true, year: 2024 }
const field = (kind: TargetField['kind'], more: Partial<TargetField> = {}): TargetField => ({
  id: 'x',
  title: '栏',
  kind,
  synonyms: [],
  ...more,
})

/** 'value' when read, '!reason' when refused, '?reason' when asked, 'value~' with a warning. */
function say(cell: Cell, target: TargetField, more: Partial<CellContext> = {}): string {
  const { reading, complaint } = parseCell(cell, target, { ...context, ...more })
  if (complaint?.severity === 'error') return `!${complaint.reason}`
  if (complaint?.severity === 'confirm') return `?${complaint.reason}`
  const value = reading.value === null ? '' : String(reading.value)
  const length = { year: 4, month: 7, day: 10, time: 19 }[reading.precision ?? 'time']
  const exact = reading.precision ? value.slice(0, length) : value
  return `${exact}${reading.to ? `→${reading.to}` : ''}${complaint ? '~' : ''}`
}

describe('dates', () => {
  const day = field('date')
  test.each([
    ['2023-01-05', '2023-01-05'],
    ['2023/1/5', '2023-01-05'],
    ['2023.1.5', '2023-01-05'],
    ['2023年1月5日', '2023-01-05'],
    ['2023 年 1 月 5 日', '2023-01-05'],
    ['２０２３．１．５', '2023-01-05'],
    ['二〇二三年五月十日', '2023-05-10'],
    ['20230105', '2023-01-05'],
    ['202301', '2023-01'],
    ['2023.5', '2023-05'],
    ['2023.05', '2023-05'],
    ['2023.10', '2023-10'],
    ['2023.1', '2023-01'],
    ['2023年5月', '2023-05'],
    ['2023年5月份', '2023-05'],
    ['1999年', '1999'],
    ['1999', '1999'],
    ['98.6', '1998-06~'],
    ['23.1.5', '2023-01-05~'],
    ['98年6月', '1998-06~'],
    ['5.30', '2024-05-30~'],
    ['6月3日', '2024-06-03~'],
    ['2024.3.12-3.15', '2024-03-12→2024-03-15'],
    ['2024年3月12日至15日', '2024-03-12→2024-03-15'],
    ['2024-03-12至2024-04-02', '2024-03-12→2024-04-02'],
    ['2024年3月-5月', '2024-03→2024-05-31'],
    ['2024年3月12日下午2点30分', '2024-03-12 14:30:00'],
    ['2024-03-12 14:30', '2024-03-12 14:30:00'],
    ['2024.3.12 上午', '2024-03-12'],
    ['2024年3月12日（星期二）', '2024-03-12'],
    ['2024年3月12日 9:00-11:00', '2024-03-12 09:00:00'],
    ['2020.9至今', '2020-09~'],
    ['无', ''],
    ['/', ''],
  ])('%s → %s', (written, read) => {
    expect(say(text(written), day)).toBe(read)
  })

  test.each([
    ['2023.2.30', '!没有2023年2月30日这一天'],
    ['2023.13', '!没有13月'],
    ['2023年上半年', '!“2023年上半年”不是确定的日期'],
    ['2024-07-01', '!日期晚于今天'],
    ['1850-01-01', '!年份 1850 不对'],
    ['约2020年', '!“约2020年”不是确定的日期'],
    ['5.3', '?可能是某年某月，也可能是某月某日'],
    ['2023.5-12', '!日期认不出来'],
    ['待查', '!日期认不出来'],
    ['2024-03-15至2024-03-12', '!结束早于开始'],
    ['2024-03-12 25:00', '!钟点不对'],
  ])('%s is refused: %s', (written, refusal) => {
    expect(say(text(written), day)).toBe(refusal)
  })

  test('a numeric 2023.1 is asked about, with both months; other months are certain', () => {
    const { complaint } = parseCell(number(2023.1), day, context)
    expect(complaint?.options?.map((one) => one.value)).toEqual(['2023-01', '2023-10'])
    expect(say(text('2023.1'), day, { keepsZeros: false })).toBe('?可能是2023年1月或10月')
    expect(say(number(98.1), day)).toBe('?可能是1998年1月或10月')
    expect([2023.5, 2023.05, 2023.01, 2023.12].map((value) => say(number(value), day))).toEqual([
      '2023-05',
      '2023-05',
      '2023-01',
      '2023-12',
    ])
    expect(say(number(6.29), day)).toBe('2024-06-29~')
  })

  test('numbers and date cells', () => {
    expect(say(number(43589), day)).toBe('2019-05-04~')
    expect(say(number(20230105), day)).toBe('2023-01-05')
    expect(say(number(202301), day)).toBe('2023-01')
    expect(say(number(1999), day)).toBe('1999')
    expect(say(number(12), day)).toBe('!这个数字不是日期')
    expect(say(date('2023-05-01', 'yyyy"年"m"月"'), day)).toBe('2023-05')
    expect(say(date('2023-05-17', 'yyyy.mm'), day)).toBe('2023-05-17')
    expect(say(date('2023-05-01', 'yyyy-mm-dd'), day)).toBe('2023-05-01')
    expect(say(date('2023-05-01 09:30:00', 'yyyy-mm-dd hh:mm'), day)).toBe('2023-05-01 09:30:00')
    expect(say(date('2023-05-30', 'm"月"d"日"'), day)).toBe('2023-05-30~')
    expect(say(date('09:30:00', 'hh:mm'), day)).toBe('!只有时刻，没有日期')
    expect(say({ kind: 'error', value: null, shown: '#REF!' }, day)).toBe('!单元格是错误值 #REF!')
    expect(say(text('5.30'), day, { year: undefined as never })).toBe('!没有年份')
  })

  test('any real day is read back from every way of writing it', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2024-06-30'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (at) => {
        const iso = at.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-').map(Number)
        for (const written of [
          iso,
          `${y}.${m}.${d}`,
          `${y}/${m}/${d}`,
          `${y}年${m}月${d}日`,
          iso.replaceAll('-', ''),
        ]) {
          expect(say(text(written), day)).toBe(iso)
        }
      }),
    )
  })

  test('no text is read as a day that does not exist or lies ahead', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9.\-/年月日至 ]{1,14}$/), (written) => {
        const { reading } = parseCell(text(written), day, context)
        if (typeof reading.value !== 'string') return
        const read = reading.value.slice(0, 10)
        expect(new Date(`${read}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read)
        expect(read <= context.today).toBe(true)
      }),
    )
  })

  test('months', () => {
    const month = field('month')
    expect(say(text('3月'), month)).toBe('2024-03')
    expect(say(number(3), month)).toBe('2024-03')
    expect(say(text('2024年3月'), month)).toBe('2024-03')
    expect(say(date('2024-03-01', 'yyyy-mm'), month)).toBe('2024-03')
    expect(say(text('2024年'), month)).toBe('?不是一个月份')
    expect(say(text('13月'), month)).toMatch(/^!/)
  })
})

describe('numbers', () => {
  const money = field('money', { unit: '元' })
  const people = field('integer', { unit: '人' })
  test.each([
    ['1,234', money, '1234'],
    ['１，２３４．５０', money, '1234.5'],
    ['1.2万', money, '12000'],
    ['1.2万元', money, '12000'],
    ['¥300', money, '300'],
    ['3000元整', money, '3000'],
    ['五十', people, '50'],
    ['三百二十', people, '320'],
    ['30人', people, '30'],
    ['30名', people, '30'],
    ['30', people, '30'],
    ['-', people, ''],
    ['90分钟', field('number', { unit: '小时' }), '1.5'],
    ['45%', field('number', { unit: '%' }), '45'],
  ])('%s', (written, target, read) => {
    expect(say(text(written), target)).toBe(read)
  })

  test.each([
    ['约30', people, '!这是约数'],
    ['2千余', people, '!这是约数'],
    ['30人次', people, '!单位“人次”与本列的“人”不符'],
    ['20-30', people, '!这是范围，不是一个数'],
    ['3.5', people, '!应是整数'],
    ['-3', people, '!不能小于 0'],
    ['1,23', people, '!不是数'],
    ['若干', people, '!不是数'],
    ['45%', people, '!单位“%”与本列的“人”不符'],
    ['100+200', money, '!不是数'],
    ['3.333', money, '?金额超过两位小数'],
  ])('%s is refused', (written, target, refusal) => {
    expect(say(text(written), target)).toBe(refusal)
  })

  test("a header's unit scales; a cell's own unit must agree with it", () => {
    const inMyriads = { headerUnit: '万元' }
    expect(say(number(1.25), money, inMyriads)).toBe('12500')
    expect(say(text('3万元'), money, inMyriads)).toBe('30000')
    expect(say(text('3000元'), money, inMyriads)).toBe('?单元格的单位“元”与表头的“万元”不一致')
    expect(say(text('3万'), money, inMyriads)).toBe('?表头单位是万元，单元格里又写了量级')
    expect(say(number(3, '0"万元"'), money)).toBe('30000')
    expect(say(number(30000, '0!.0,"万元"'), money)).toBe('30000')
    expect(say(number(0.45, '0%'), field('number', { unit: '%' }))).toBe('45')
    expect(say(number(0.1 + 0.2), money)).toBe('0.3')
    expect(say(date('2024-05-01', 'm"月"d"日"'), people)).toBe('!单元格是日期格式，不是数')
  })

  test('Chinese numerals are read back, and loose ones refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (value) => {
        expect(chineseNumber(inChinese(value))).toBe(value)
      }),
    )
    expect([
      chineseNumber('一百五'),
      chineseNumber('百'),
      chineseNumber('二十十'),
      chineseNumber(''),
    ]).toEqual([null, null, null, null])
  })
})

function inChinese(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000
    const zero = rest > 0 && rest < 1000 ? '零' : ''
    return `${inChinese(Math.floor(value / 10_000))}万${zero}${rest > 0 ? inChinese(rest) : ''}`
  }
  const digits = '零一二三四五六七八九'
  const out = [...String(value)].map((char, i, all) => {
    const power = ['', '十', '百', '千'][all.length - 1 - i] ?? ''
    return char === '0' ? '零' : `${digits[Number(char)]}${power}`
  })
  return value === 0 ? '零' : out.join('').replace(/零+/g, '零').replace(/零$/, '')
}

describe('people', () => {
  const id = PERSON_FIELDS.idNumber
  const body = '99010120000101123'
  const good = `${body}${makeCheckDigit(body)}`
  const wrong = `${body}${makeCheckDigit(body) === '1' ? '2' : '1'}`

  test('ID numbers: texts are checked, numbers never taken over, and no reason repeats one', () => {
    expect(say(text(` '${good} `), id)).toBe(good)
    expect(say(text(wrong), id)).toBe(`${wrong}~`)
    expect(say(text('990101900101123'), id)).toMatch(/^99010119900101123.~$/)
    expect(say(number(Number('990101200001011234')), id)).toBe('!身份证号被存成了数字')
    expect(say(text('9.90101E+17'), id)).toBe('!身份证号被存成了数字')
    for (const bad of ['99010120001301123X', '9901012000****1123', `${good}1`, 'H12345678']) {
      const { complaint } = parseCell(text(bad), id, context)
      expect(complaint?.severity).toBe('error')
      expect(complaint?.reason).not.toContain(bad.slice(0, 8))
    }
  })

  test('phones', () => {
    const phone = PERSON_FIELDS.phone
    expect(say(number(19900001234), phone)).toBe('19900001234')
    expect(say(text('+86 199-0000-1234'), phone)).toBe('19900001234')
    expect(say(text('0739－5550000'), phone)).toBe('0739-5550000')
    expect(say(text('19900001234/19900001235'), phone)).toBe('19900001234~')
    expect(say(text('1990000123'), phone)).toBe('!电话号码位数不对')
    expect(say(text('1.99E+10'), phone)).toBe('!电话号码被存成了数字')
  })

  test('names', () => {
    const name = PERSON_FIELDS.name
    expect(say(text('张 三'), name)).toBe('张三')
    expect(say(text('张　三（兼）'), name)).toBe('张三')
    expect(parseCell(text('张三（兼）'), name, context).reading.note).toBe('兼')
    expect(say(text('阿依古丽•买买提'), name)).toBe('阿依古丽·买买提')
    expect(say(text('张三、李四'), name)).toBe('!一格里有几个人')
    expect(say(text('欧阳 锋'), name)).toBe('欧阳锋')
    for (const two of ['张三 李四', '张三\n李四', '张三和李四']) {
      expect(say(text(two), name)).toMatch(/^[!?]/)
    }
    expect(say(text('团委书记张三'), field('name'))).toBe('张三~')
    expect(say(text('柳河村团支部'), name)).toBe('!不是姓名')
    expect(say(number(5), name)).toBe('!不是姓名')
    const people = field('people', { many: true })
    expect(say(text('张三、李 四，王五；赵六'), people)).toBe('张三,李四,王五,赵六')
    expect(say(text('张三 李四 王五'), people)).toBe('张三,李四,王五')
    expect(say(text('张 三 李 四'), people)).toMatch(/^!/)
    expect(say(text('张三\n李四\n欧阳 锋'), people)).toBe('张三,李四,欧阳锋')
    expect(parseCell(text('张三、李四等12人'), people, context).reading).toEqual({
      value: ['张三', '李四'],
      note: '12人',
    })
    expect(say(text('12人'), people)).toBe('?只有人数，没有姓名')
    expect(say(text('无'), people)).toBe('')
  })
})

describe('choices', () => {
  const read = (written: string | number, target: TargetField) =>
    say(typeof written === 'number' ? number(written) : text(written), target)

  test('codes, titles and spellings', () => {
    expect(['男', '女', 1, 2, 'M', 'f'].map((one) => read(one, PERSON_FIELDS.sex))).toEqual([
      'male',
      'female',
      'male',
      'female',
      'male',
      'female',
    ])
    expect(
      ['汉', '汉族', '01', '哈呢族', '土 家 族'].map((one) => read(one, PERSON_FIELDS.ethnicity)),
    ).toEqual(['01', '01', '01', '16', '15'])
    const levels = ['大专', '本科学历', '研究生', '高中', '初中毕业', '中专', '专科']
    expect(levels.map((one) => read(one, PERSON_FIELDS.education))).toEqual([
      'college',
      'bachelor',
      'postgraduate',
      'highSchool',
      'juniorMiddle',
      'secondaryVocational',
      'college',
    ])
    expect(
      ['团员', '中共党员', '预备党员', '群众'].map((one) => read(one, PERSON_FIELDS.politicalStatus)),
    ).toEqual(['leagueMember', 'partyMember', 'probationaryPartyMember', 'masses'])
    expect(read('本科在读', PERSON_FIELDS.education)).toMatch(/^!/)
    expect(read('男女', PERSON_FIELDS.sex)).toMatch(/^!/)
  })

  test('posts, two in one cell, after the name of a League body but of no other', () => {
    const post = officers.fields.find((one) => one.id === 'post') ?? field('choice')
    expect(read('副书记兼组织委员', post)).toBe('deputySecretary,committeeMember')
    expect(parseCell(text('组织委员、宣传委员'), post, context).reading.words).toEqual([
      '组织委员',
      '宣传委员',
    ])
    expect(read('柳河村团支部书记', post)).toBe('secretary')
    expect(read('柳河镇团委副书记', post)).toBe('deputySecretary')
    expect(read('柳河村党支部书记', post)).toMatch(/^!/)
    expect(read('村委会副主任', post)).toMatch(/^!/)
    expect(read('书记（兼）', post)).toBe('secretary')
    expect(read('书记（代）', post)).toMatch(/^!/)
    expect(read('大专（函授）', PERSON_FIELDS.education)).toBe('college')
    expect(read('大专（本科在读）', PERSON_FIELDS.education)).toMatch(/^!/)
  })

  test('yes and no', () => {
    const mobile = field('yesNo', { title: '是否流动团员' })
    const answers = ['是', '√', '有', '1', '流动', '否', '×', '无', '0', '非流动', '', '/']
    expect(
      answers.map((one) => say(one === '' ? { kind: 'empty', value: null, shown: '' } : text(one), mobile)),
    ).toEqual(['true', 'true', 'true', 'true', 'true', 'false', 'false', 'false', 'false', 'false', '', ''])
    expect(say(text('也许'), mobile)).toBe('!认不出是或否')
  })
})

test('whatever a cell holds, it is empty, read, or refused with words', () => {
  const kinds: TargetField['kind'][] = [
    'text',
    'name',
    'idNumber',
    'phone',
    'date',
    'month',
    'integer',
    'money',
    'yesNo',
    'people',
    'org',
  ]
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...kinds), (written, kind) => {
      const cell: Cell = written.trim() === '' ? { kind: 'empty', value: null, shown: '' } : text(written)
      const { reading, complaint } = parseCell(cell, field(kind), context)
      if (complaint && complaint.severity !== 'warning') {
        expect(reading.value).toBeNull()
        expect(complaint.reason.length * complaint.remedy.length).toBeGreaterThan(0)
      }
    }),
  )
})
