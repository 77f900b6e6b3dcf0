/**
 * Sentences whose record is gone: voided, or no longer of the summary's place and days. They are struck as a whole, left
 * out of the document and offered for removal; half a sentence with dashes in it says nothing. Browser-safe.
 */
import type { ResolvedFigure } from './contract.ts'
import { type Body, figuresIn, type Run, text } from './model.ts'

type FigureOf = (ref: string) => Told | undefined

/** Each with the mark that ends it. */
export function sentencesIn(runs: Run[]): Run[][] {
  const found: Run[][] = [[]]
  const put = (run: Run) => found.at(-1)?.push(run)
  for (const run of runs) {
    if (run.type === 'figure') put(run)
    else
      for (const piece of run.text.split(/(?<=[。！？])/)) {
        put(text(piece))
        if (/[。！？]$/.test(piece)) found.push([])
      }
  }
  return found.filter((sentence) => sentence.length > 0)
}

type Told = Pick<ResolvedFigure, 'question' | 'evidence'>

const ofRecord = ({ question }: Told): boolean => question.where?.record !== undefined

/** It tells of one record, and nothing stands behind it any more. */
export const ofGoneRecord = (told: Told): boolean => ofRecord(told) && told.evidence.count === 0

/** It tells of records, and nothing stands behind any of what it tells. */
export function isGone(sentence: Run[], figureOf: FigureOf): boolean {
  const told = figuresIn(sentence).flatMap(({ ref }) => figureOf(ref) ?? [])
  return told.some(ofRecord) && told.filter(ofRecord).every(ofGoneRecord)
}

export const withoutGone = (runs: Run[], figureOf: FigureOf): Run[] => {
  const sentences = sentencesIn(runs)
  return sentences.some((s) => isGone(s, figureOf))
    ? sentences.filter((s) => !isGone(s, figureOf)).flat()
    : runs
}

/** As it is printed. */
export const bodyWithoutGone = (body: Body, figureOf: FigureOf): Body => ({
  sections: body.sections.map((section) => ({
    ...section,
    paragraphs: section.paragraphs.map((p) => ({ ...p, runs: withoutGone(p.runs, figureOf) })),
  })),
})
