/** From a sentence with slots to runs of a paragraph: figures stay questions, parts whose figure says nothing go. */
import type { SentencePart } from '../../records/ledgers/sentences.ts'
import { type FigureRun, type Run, text } from './model.ts'

/** What a slot stands for: plain words, a figure with its answer, or nothing known. */
export type Filling =
  | { words: string }
  | { run: FigureRun; value: number | string | null; unit: string }
  | null

export type Fill = (slot: Extract<SentencePart, { slot: string }>) => Filling

/** drop: the sentence goes when a figure outside brackets is missing; mark: it stays, and the figure prints as missing. */
export type WhenMissing = 'drop' | 'mark'

/**
 * The runs of a sentence, or null when it says nothing. A `[part]` goes when anything in it is missing, and when a
 * figure in it is 0: 其中女性0人 is true but no sentence.
 */
export function compose(parts: SentencePart[], fill: Fill, whenMissing: WhenMissing = 'drop'): Run[] | null {
  const pieces: Filled[] = []
  for (const part of parts) {
    if ('optional' in part) pieces.push(...(composePart(part.optional, fill) ?? []))
    else {
      const filled = runOf(part, fill)
      if (filled === null || (filled.empty && whenMissing === 'drop')) return null
      pieces.push(filled)
    }
  }
  const runs = joined(pieces.map((piece, i) => unitOnce(piece, pieces[i - 1], pieces[i + 1])))
  return runs.some((run) => run.type === 'figure' || /[\p{L}\p{N}]/u.test(run.text)) ? runs : null
}

function composePart(parts: SentencePart[], fill: Fill): Filled[] | null {
  const pieces: Filled[] = []
  for (const part of parts) {
    if ('optional' in part) pieces.push(...(composePart(part.optional, fill) ?? []))
    else {
      const filled = runOf(part, fill)
      if (filled === null || filled.empty || filled.zero) return null
      pieces.push(filled)
    }
  }
  return pieces
}

const MEASURE_WORDS = /^(人次|[人名位个场次期篇条项件份户对所家支间处棵本元笔])/

/**
 * A figure brings its unit. Where the sentence writes the same one behind it, that goes; where it writes another
 * (52名 for 52人), the figure is said without its own.
 */
function unitOnce(piece: Filled, before: Filled | undefined, after: Filled | undefined): Run {
  const { run } = piece
  if (run.type === 'text') {
    const own = before?.run.type === 'figure' ? before.unit : ''
    return own && run.text.startsWith(own) ? text(run.text.slice(own.length)) : run
  }
  const follows = after?.run.type === 'text' ? after.run.text : ''
  const other = piece.unit !== '' && !follows.startsWith(piece.unit) && MEASURE_WORDS.test(follows)
  return other ? { ...run, wording: { ...run.wording, unitWord: false } } : run
}

interface Filled {
  run: Run
  unit: string
  empty: boolean
  zero: boolean
}

function runOf(part: Exclude<SentencePart, { optional: SentencePart[] }>, fill: Fill): Filled | null {
  if ('text' in part) return { run: text(part.text), unit: '', empty: false, zero: false }
  const filling = fill(part)
  if (filling === null) return null
  if ('words' in filling)
    return { run: text(filling.words), unit: '', empty: filling.words === '', zero: false }
  const { run, value, unit } = filling
  return { run, unit, empty: value === null, zero: value === 0 }
}

/**
 * Neighbouring texts become one. What a dropped part leaves behind is mended: 。， → 。 and a comma before a full stop,
 * or at the beginning, goes.
 */
export function joined(runs: Run[]): Run[] {
  const whole: Run[] = []
  for (const run of runs) {
    const last = whole.at(-1)
    if (run.type === 'text' && last?.type === 'text') whole[whole.length - 1] = text(last.text + run.text)
    else whole.push(run)
  }
  return whole
    .map((run, i) => (run.type === 'text' ? text(mended(run.text, i === 0)) : run))
    .filter((run) => run.type === 'figure' || run.text !== '')
}

const mended = (words: string, first: boolean) =>
  (first ? words.replace(/^[，、；：]+/, '') : words)
    .replace(/[，、；：]+(?=[。；])/g, '')
    .replace(/，?其中(?=[。；])/g, '')
    .replace(/(其中|[：；。])[，、；]+/g, '$1')
