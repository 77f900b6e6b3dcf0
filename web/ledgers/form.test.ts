import { describe, expect, test } from 'vitest'
import type { RecognisedName } from '../../domain/records/participation/contract.ts'
import { builtIn } from '../../test/worlds/builtIn.ts'
import {
  arranged,
  blankValues,
  bodyOf,
  countedAs,
  draftFrom,
  faultsIn,
  named,
  nextValues,
  sentenceNow,
  stillOpen,
  withRecognised,
} from './form.ts'

const dues = builtIn('dues')
const meeting = builtIn('meeting')
const themeActivity = builtIn('themeActivity')

const org = {
  id: '01a203ac-cf5b-7f42-bd73-de7336918722',
  name: '柳河村团支部',
  fullName: '柳溪镇团委/柳河村团支部',
}
const TODAY = '2024-03-12'
const blank = () => blankValues(themeActivity, org, TODAY)
const person = (personId: string, name: string) => ({
  personId,
  name,
  orgName: org.name,
  sex: null,
  birthYear: 2001,
  birthMonth: null,
})
const recognised = (name: string, more: Partial<RecognisedName> = {}): RecognisedName => ({
  name,
  state: 'unknown',
  people: [],
  extra: 0,
  note: '',
  ...more,
})

describe('the sentence under the form', () => {
  test('names what is missing and grows with what is filled in', () => {
    expect(sentenceNow(themeActivity, blank())).toBe('3月12日，柳河村团支部开展〔活动名称〕')
    const filled = { ...blank(), title: '植树活动', personTimes: 32 }
    expect(sentenceNow(themeActivity, filled)).toBe('3月12日，柳河村团支部开展植树活动，32人次参加')
    expect(stillOpen(themeActivity, filled)).not.toContain('参加人次')
    expect(stillOpen(themeActivity, filled)).toContain('地点')
  })
})

describe('names from a chat', () => {
  test('one of the name is taken, several wait for a choice, strangers stay names', () => {
    const found = [
      recognised('周小禾', { state: 'known', people: [person('p1', '周小禾')] }),
      recognised('陈浩', {
        state: 'ambiguous',
        people: [person('p2', '陈浩'), person('p3', '陈浩')],
        extra: 1,
      }),
      recognised('欧阳明月'),
    ]
    const { patch } = withRecognised(themeActivity, blank(), found, 'participant')
    expect(patch.people.map((p) => [p.name, p.personId, p.choices.length])).toEqual([
      ['周小禾', 'p1', 0],
      ['陈浩', null, 2],
      ['欧阳明月', null, 0],
    ])
    expect(patch.personTimes).toBe(4)
    const again = withRecognised(themeActivity, { ...blank(), ...patch }, found.slice(0, 1), 'participant')
    expect(again.patch.people).toHaveLength(3)
  })

  test('who is on leave is absent where the ledger says so, and left out where it does not', () => {
    const found = [recognised('林雨桐', { note: '请假' })]
    expect(
      withRecognised(meeting, blankValues(meeting, org, TODAY), found, 'present').patch.people[0]?.role,
    ).toBe('absent')
    const left = withRecognised(themeActivity, blank(), found, 'participant')
    expect(left).toEqual({ patch: { people: [], personTimes: null }, absent: ['林雨桐'] })
  })

  test('people and attendances are told apart', () => {
    const people = [named('周小禾', 'participant', person('p1', '周小禾'))]
    expect(countedAs(themeActivity, { ...blank(), personTimes: 5 })).toContain('没有名单')
    expect(countedAs(themeActivity, { ...blank(), people, personTimes: 5 })).toContain('另有 4 人次没有姓名')
    expect(countedAs(themeActivity, { ...blank(), people })).toContain('名单齐全')
  })
})

describe('what is wrong is told before the server is asked', () => {
  test('by the rules of the server', () => {
    expect(faultsIn(themeActivity, { ...blank(), title: '植树' }, TODAY)).toBeNull()
    const wrong = { ...blank(), day: '2024-03-13', personTimes: 0, people: [named('张三', 'participant')] }
    expect(faultsIn(themeActivity, wrong, TODAY)?.problems.map((p) => p.field)).toEqual([
      'day',
      'title',
      'personTimes',
    ])
  })
})

describe('what is asked for first', () => {
  test('fields that the sentence cannot do without, and all that it says where nobody is counted', () => {
    expect(arranged(themeActivity).first.map((f) => f.id)).toEqual(['kind', 'place'])
    expect(arranged(dues).first.map((f) => f.id)).toContain('paidAmount')
    const { first, next, rest } = arranged(meeting)
    expect([...first, ...next, ...rest].map((f) => f.id).sort()).toEqual(
      meeting.fields.map((f) => f.id).sort(),
    )
  })
})

test('the next one keeps day, organisation and place, and has an id of its own', () => {
  const now = {
    ...blank(),
    day: '2024-03-01',
    title: '植树',
    fields: { place: '柳河堤', kind: 'treePlanting' },
  }
  const next = nextValues(themeActivity, now)
  expect(next).toMatchObject({ day: '2024-03-01', org, title: '', fields: { place: '柳河堤' } })
  expect(next.fields.kind).toBeUndefined()
  expect(next.id).not.toBe(now.id)
})

test('what was not accepted comes back into the form as it was sent', () => {
  const values = {
    ...blank(),
    title: '植树',
    people: [named('周小禾', 'participant', person('p1', '周小禾'))],
  }
  const body = bodyOf(themeActivity, values)
  expect(bodyOf(themeActivity, draftFrom(body, org.name))).toEqual(body)
})
