import { expect, test } from 'vitest'
import { makeCheckDigit } from '../../structure/people/idNumber.ts'
import { idNumberProblems, withIdNumbersTakenOut } from './idNumbers.ts'
import { builtInLedgers } from './registry.ts'

const body = '99010119900101123'
const number = `${body}${makeCheckDigit(body)}`

const meeting = () => {
  const found = builtInLedgers.find((d) => d.id === 'meeting')
  if (!found) throw new Error('built-in ledgers are gone')
  return found
}

const participants = [
  { name: `林晓 ${number}`, role: 'participant' },
  { personId: 'known', role: 'participant' },
]
const draft = {
  orgId: 'o',
  day: '2024-03-12',
  title: `与${number}谈话`,
  fields: { due: 20, note: `证件${number}，已核对`, place: '村委会', decision: null },
  participants,
}

test('an ID number is found wherever words are written, and nowhere else', () => {
  expect(idNumberProblems(meeting(), draft).map(({ field }) => field)).toEqual([
    'title',
    'note',
    'participants.0',
  ])
  const other = `${body}${makeCheckDigit(body) === '1' ? '2' : '1'}`
  expect(idNumberProblems(meeting(), { title: other, fields: { due: 20, note: other } })).toEqual([])
})

test('what stands in the record already is not refused again; what is newly written is', () => {
  const { fields } = draft
  expect(idNumberProblems(meeting(), { fields }, { fields })).toEqual([])
  expect(idNumberProblems(meeting(), { fields }, { fields: { note: '以前的' } })).toHaveLength(1)
})

test('of a sheet the numbers are taken out; numbers, blanks and people known stay as they are', () => {
  const { draft: clean, taken } = withIdNumbersTakenOut(meeting(), draft)
  expect(taken).toEqual(['title', 'note', 'participants.0'])
  expect(clean).toEqual({
    orgId: 'o',
    day: '2024-03-12',
    title: '与某证件号谈话',
    fields: { due: 20, note: '证件某证件号，已核对', place: '村委会', decision: null },
    participants: [
      { name: '林晓 某证件号', role: 'participant' },
      { personId: 'known', role: 'participant' },
    ],
  })
  const untitled = { orgId: 'o', day: '2024-03-12', fields: { note: number } }
  expect(withIdNumbersTakenOut(meeting(), untitled).draft).not.toHaveProperty('title')
  const plain = { orgId: 'o', day: '2024-03-12', title: '座谈', fields: { due: 20 } }
  expect(withIdNumbersTakenOut(meeting(), plain)).toEqual({ draft: plain, taken: [] })
})
