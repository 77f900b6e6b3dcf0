/** Sentences and the records that they tell of. The same through the API: summaries.test.ts “a record that is voided”. */
import { describe, expect, test } from 'vitest'
import { isGone, sentencesIn, withoutGone } from './gone.ts'
import { figure, text, wordsOf } from './model.ts'

const told = figure({ measure: 'visit.households', where: { record: 'a' } })
const other = figure({ measure: 'visit.personTimes', where: { record: 'b' } })
const sum = figure({ measure: 'visit.count' })
const runs = [text('走访'), told, text('户。全年'), sum, text('次！慰问'), other, text('人次。')]
const figureOf = (gone: object[]) => (ref: string) => {
  const run = [told, other, sum].find((one) => one.ref === ref)
  if (!run) return undefined
  const question = { org: 'x', measure: run.question.measure, where: run.question.where }
  return { question, evidence: { count: gone.includes(run) ? 0 : 1, parts: [] } }
}
const words = (list: typeof runs) => wordsOf(list, () => '#')

describe('a sentence', () => {
  test('ends with its mark', () => {
    expect(sentencesIn(runs).map((s) => words(s as typeof runs))).toEqual([
      '走访#户。',
      '全年#次！',
      '慰问#人次。',
    ])
    expect(sentencesIn([text('没有句号')]).map((s) => words(s as typeof runs))).toEqual(['没有句号'])
    expect(sentencesIn([])).toEqual([])
  })

  test('goes with its record, and no other sentence with it', () => {
    expect(words(withoutGone(runs, figureOf([told])) as typeof runs)).toBe('全年#次！慰问#人次。')
    expect(words(withoutGone(runs, figureOf([told, other])) as typeof runs)).toBe('全年#次！')
    expect(withoutGone(runs, figureOf([]))).toBe(runs)
  })

  test('stays while anything of its record stands, and where it tells of no record', () => {
    const two = [told, text('，'), figure({ measure: 'visit.count', where: { record: 'a' } }), text('。')]
    expect(isGone(two, figureOf([told]))).toBe(true)
    expect(isGone([sum, text('。')], figureOf([sum]))).toBe(false)
    expect(isGone([told, text('，'), other, text('。')], figureOf([told]))).toBe(false)
  })
})
