import { expect, test } from 'vitest'
import { faultsOf } from '../faults.ts'
import { builtInLedgers } from '../registry.ts'
import { targetOf } from '../sheet.ts'
import { guessSheet, ledgerFrom, rowsOfPaste, titleOf } from './guess.ts'
import { publishFaults } from './rules.ts'
import { coded, spoken } from './spoken.ts'
import { follow } from './standard.ts'

const sheet = [
  '青石镇2024年上半年无偿献血登记表',
  '序号\t献血日期*\t单位\t献血地点\t献血者姓名\t献血人数\t献血量（毫升）\t补助（元）\t方式\t是否首次',
  '1\t2024-03-12\t柳河村\t镇卫生院\t甄不识、路不识\t2\t600\t100\t全血\t是',
  '2\t2024-03-13\t桃源村\t广场\t\t3\t900\t150.5\t全血\t否',
  '3\t2024-04-01\t柳河村\t广场\t\t1\t200\t50\t成分血\t否',
  '4\t2024-04-02\t柳河村\t广场\t\t1\t400\t50\t成分血\t否',
  '合计\t\t\t\t\t7\t2100\t350.5\t\t',
].join('\n')

test('a copied sheet becomes a ledger that can be published', () => {
  const guessed = guessSheet(rowsOfPaste(sheet))
  expect(guessed?.title).toBe('无偿献血')
  expect(guessed?.columns.map((c) => [c.header, c.as, c.unit].filter(Boolean).join(' '))).toEqual([
    '序号 skip',
    '献血日期 day',
    '单位 org',
    '献血地点 place',
    '献血者姓名 people',
    '献血人数 personTimes',
    '献血量 integer 毫升',
    '补助 money',
    '方式 choice',
    '是否首次 yesNo',
  ])
  if (!guessed) return
  const ledger = { ...ledgerFrom(guessed, '服务大局'), id: 'ownabc' }
  expect(publishFaults(ledger, null, [])).toEqual([])
  expect(targetOf(ledger).fields.map((f) => f.title)).toEqual(
    expect.arrayContaining(['献血日期', '献血地点', '献血者', '献血量', '方式']),
  )
  expect(ledger.sentences.map((s) => spoken(ledger, s.of, s.text))).toEqual([
    '「献血日期」，「组织」[在「献血地点」]开展无偿献血[，「献血人数」人次参加][，献血量「献血量」毫升][，补助「补助」元]',
    '开展无偿献血「条数」次[，「人次」人次参加][，献血量「献血量」毫升][，补助「补助」元]',
  ])
})

test('a header alone is enough, however it is divided', () => {
  for (const text of [
    '活动时间、活动名称、地点、经费（元）、数量',
    '活动时间\t活动名称\t地点\t经费（元）\t数量',
  ]) {
    const guessed = guessSheet(rowsOfPaste(text))
    expect(guessed?.columns.map((c) => c.as)).toEqual(['day', 'title', 'place', 'money', 'integer'])
    expect(guessed && faultsOf({ ...ledgerFrom(guessed, '其他'), id: 'own1' })).toEqual([])
  }
  expect(guessSheet([])).toBeNull()
})

test.each([
  ['云溪县2024年爱心捐赠情况统计表', '爱心捐赠'],
  ['困难学生台账', '困难学生'],
  ['（2023年度）青年之家明细表', '青年之家'],
])('%s is about %s', (text, title) => {
  expect(titleOf(text)).toBe(title)
})

test('sentences go into the office’s words and back', () => {
  for (const ledger of builtInLedgers)
    for (const { of, text } of ledger.sentences) {
      const said = spoken(ledger, of, text)
      expect(said).not.toMatch(/[{}]/)
      expect(spoken(ledger, of, coded(ledger, of, said))).toBe(said)
    }
})

test('measures and sentences that nobody touched follow the fields; what refers to a gone field goes with it', () => {
  const blank = { ...ledgerFrom({ title: '献血', columns: [] }, '服务大局'), id: 'own1' }
  const volume = { id: 'f1', title: '献血量', type: 'integer' as const, unit: '毫升', usedBy: '总结' }
  const grown = follow(blank, { ...blank, fields: [volume] })
  expect(grown.measures.map((m) => [m.id, m.kind, m.unit])).toEqual([['f1Sum', 'sum', '毫升']])
  expect(grown.sentences[1]?.text).toBe('开展献血{count}次[，献血量{f1Sum}毫升]')
  const renamed = follow(grown, { ...grown, fields: [{ ...volume, title: '总量' }] })
  expect(renamed.sentences[1]?.text).toBe('开展献血{count}次[，总量{f1Sum}毫升]')
  const own = { ...grown, sentences: grown.sentences.map((s) => ({ ...s, text: `${s.text}。` })) }
  const gone = follow(own, { ...own, fields: [] })
  expect([gone.measures, gone.sentences.map((s) => s.text)]).toEqual([
    [],
    ['{day}，{org}开展献血。', '开展献血{count}次。'],
  ])
})

test('formulas are read and written with the common columns that the ledger has', () => {
  const found = builtInLedgers.find((l) => l.id === 'volunteering')
  if (!found) throw new Error('no ledger')
  const said = spoken(found, 'formula', 'days({day}, {dayTo}) × {hours} ÷ {personTimes}')
  expect(said).toBe('days(「服务日期」, 「结束日期」) × 「服务时长」 ÷ 「志愿者人次」')
  expect(coded(found, 'formula', said)).toBe('days({day}, {dayTo}) × {hours} ÷ {personTimes}')
  const oneDay = { ...found, day: { ...found.day, span: false } }
  expect(spoken(oneDay, 'formula', '{dayTo}')).toBe('「dayTo」')
})
