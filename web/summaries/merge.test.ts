import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Body, Paragraph, Run } from '../../domain/reports/summaries/model.ts'
import { bodyOf, docOf, openingOf } from './doc.ts'
import { merge } from './merge.ts'

const paragraph = (id: string, words: string): Paragraph => ({ id, runs: [{ type: 'text', text: words }] })
const text = (...paragraphs: Paragraph[]): Body => ({
  sections: [{ id: 's', level: 1, title: '基本情况', paragraphs }],
})
const words = (body: Body) =>
  body.sections.flatMap((s) =>
    s.paragraphs.map((p) => p.runs.map((r) => (r.type === 'text' ? r.text : '')).join('')),
  )

const run: fc.Arbitrary<Run> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({
    type: fc.constant('figure' as const),
    ref: fc.uuid(),
    question: fc.record({ measure: fc.string({ minLength: 1 }) }),
  }),
)
const anyParagraph = fc.record({ id: fc.uuid(), runs: fc.array(run, { maxLength: 4 }) })
const anyBody: fc.Arbitrary<Body> = fc
  .array(
    fc.record({
      id: fc.uuid(),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const),
      title: fc.string({ minLength: 1, maxLength: 8 }),
      paragraphs: fc.array(anyParagraph, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) => ({ sections }))

describe('the text in the editor', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        expect(bodyOf(docOf(body), openingOf(body))).toEqual(body)
      }),
    )
  })

  it('keeps an opening without a heading, and where its paragraphs came from', () => {
    const opening: Body = {
      sections: [
        {
          id: 'opening',
          level: 1,
          title: '',
          paragraphs: [{ ...paragraph('a', '现将'), origin: { kind: 'outline', key: 'x' }, edited: true }],
        },
        { id: 's', level: 2, title: '一', paragraphs: [] },
      ],
    }
    expect(bodyOf(docOf(opening), openingOf(opening))).toEqual(opening)
  })
})

describe('merging', () => {
  const base = text(paragraph('a', '甲'), paragraph('b', '乙'))

  it('takes the changes of both', () => {
    const mine = text(paragraph('a', '甲改'), paragraph('b', '乙'), paragraph('c', '丙'))
    const theirs = text(paragraph('a', '甲'), paragraph('b', '乙改'))
    expect(merge(base, mine, theirs)).toEqual({
      body: text(paragraph('a', '甲改'), paragraph('b', '乙改'), paragraph('c', '丙')),
      twice: [],
    })
  })

  it('keeps both versions of what both changed', () => {
    const merged = merge(base, text(paragraph('a', '我的'), paragraph('b', '乙')), {
      ...text(paragraph('a', '他的'), paragraph('b', '乙')),
    })
    expect(words(merged.body)).toEqual(['他的', '我的', '乙'])
    expect(merged.twice).toHaveLength(1)
  })

  it('deletes what one deleted, unless the other changed it', () => {
    expect(words(merge(base, text(paragraph('b', '乙')), base).body)).toEqual(['乙'])
    expect(words(merge(base, base, text(paragraph('b', '乙'))).body)).toEqual(['乙'])
    const changed = text(paragraph('a', '甲改'), paragraph('b', '乙'))
    expect(words(merge(base, changed, text(paragraph('b', '乙'))).body)).toEqual(['甲改', '乙'])
    expect(words(merge(base, text(paragraph('b', '乙')), changed).body)).toEqual(['甲改', '乙'])
  })

  it('loses nothing that either wrote', () => {
    const letters = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    const version = fc.tuple(letters, fc.array(fc.constantFrom('一', '二'), { minLength: 5, maxLength: 5 }))
    fc.assert(
      fc.property(version, version, version, (b, m, t) => {
        const [was, mine, theirs] = [b, m, t].map(([ids, tails], who) =>
          text(...ids.map((id, i) => paragraph(id, `${id}${who === 0 ? '' : (tails[i] ?? '')}`))),
        ) as [Body, Body, Body]
        const left = words(merge(was, mine, theirs).body)
        const written = [...words(mine), ...words(theirs)].filter((w) => !words(was).includes(w))
        for (const one of written) expect(left).toContain(one)
      }),
    )
  })
})
