import { expect, test } from 'vitest'
import { builtIn } from '../../test/worlds/builtIn.ts'
import { filtersInWords } from './filterWords.ts'

const definition = builtIn('volunteering')

const words = (filters: Record<string, string>, text = '') =>
  filtersInWords(definition, filters, text).map((one) => one.words)

test('a filter says itself in words, one by one', () => {
  expect(words({})).toEqual([])
  expect(
    words(
      {
        kind: 'disaster,elderCare',
        hours: '10..30',
        personTimes: '50..',
        place: '~敬老',
        trees: '空',
        _from: '2024-03-01',
        _depth: '0',
        _photos: 'no',
      },
      '植树',
    ),
  ).toEqual([
    '含“植树”',
    `${definition.day.label}：2024-03-01 起`,
    '只看本级',
    `${definition.personTimes?.label}：50 人次及以上`,
    '服务类型：应急抢险、敬老助残',
    '服务地点：含“敬老”',
    '服务时长：10 至 30 小时',
    '植树数量：未填写',
    '没有照片',
  ])
})

test('what is taken off together stands together', () => {
  expect(filtersInWords(definition, { _from: '2024-03-01', _to: '2024-03-31' }, '')[0]?.keys).toEqual([
    '_from',
    '_to',
  ])
})
