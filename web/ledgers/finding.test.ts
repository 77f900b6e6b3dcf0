import { expect, test } from 'vitest'
import { builtIn } from '../../test/worlds/builtIn.ts'
import { foundBy, usual, usualFirst } from './finding.ts'

const award = builtIn('award')
const training = builtIn('training')
const volunteering = builtIn('volunteering')

const listed = [
  { definition: volunteering, nameKey: 'zhi yuan fu wu /zyfw', favourite: false },
  { definition: training, nameKey: 'pei xun ban /pxb', favourite: true },
  { definition: award, nameKey: 'rong yu /ry', favourite: false },
]
const ids = (found: typeof listed) => found.map((l) => l.definition.id)

test('a ledger is found by its words, its pinyin and its initials', () => {
  expect(ids(foundBy(listed, '志愿'))).toEqual(['volunteering'])
  expect(ids(foundBy(listed, 'zhiyuan'))).toEqual(['volunteering'])
  expect(ids(foundBy(listed, 'zhi yuan'))).toEqual(['volunteering'])
  expect(ids(foundBy(listed, 'fw'))).toEqual(['volunteering'])
  expect(ids(foundBy(listed, 'xyz'))).toEqual([])
  expect(ids(foundBy(listed, ' '))).toEqual(ids(listed))
})

test('favourites stand first, then what was used last; what is gone is left out', () => {
  expect(ids(usual(listed, ['award', 'closed']))).toEqual(['training', 'award'])
  expect(ids(usualFirst(listed, ['award']))).toEqual(['training', 'award', 'volunteering'])
})
