/**
 * A summary's text: sections of paragraphs of runs. A run is plain text or a figure, and a figure is a question, never
 * a number. Plain JSON, browser-safe; the editor edits it, the official document and the command line read it.
 */
import { newId } from '../../../kernel/id.ts'
import { cutAt, type Period, parsePeriod } from '../../../kernel/period.ts'
import type { FigureQuestion } from '../../indicators/contract.ts'
import type { Wording } from '../../indicators/wording.ts'

/** What is left out is the summary's own: its organisation, and its period as far as the cut-off. */
export interface FigureSpec {
  measure: string
  where?: Record<string, string> | undefined
  depth?: '0' | '1' | 'all' | undefined
  /** An id, a code or a full path. */
  org?: string | undefined
  period?: { from?: string | undefined; to: string } | { asOf: string } | undefined
}

export interface TextRun {
  type: 'text'
  text: string
}

export interface FigureRun {
  type: 'figure'
  /** Unique within the summary. */
  ref: string
  question: FigureSpec
  /** Over the summary's settings. */
  wording?: Wording | undefined
}

export type Run = TextRun | FigureRun

/** Where a paragraph came from, by which it is refreshed. */
export interface Origin {
  /** outline: a sentence of the outline; ledger: of a ledger and the period; record: of one record; problem: 不足. */
  kind: 'outline' | 'ledger' | 'record' | 'problem'
  key: string
}

export interface Paragraph {
  id: string
  origin?: Origin | undefined
  /** Changed by hand: a refresh leaves it alone. */
  edited?: boolean | undefined
  runs: Run[]
}

/** Its heading's number is made when it is printed. Without a title it is the opening before the first heading. */
export interface Section {
  id: string
  level: 1 | 2 | 3
  title: string
  paragraphs: Paragraph[]
}

export interface Body {
  sections: Section[]
}

/** How this summary says its numbers, and what stands around the text. */
export interface SummarySettings {
  percent: 'cut' | 'round'
  /** Of everything but money and shares. */
  counts: 'exact' | 'over' | 'wan' | 'wanOver'
  /** From 10,000 on; smaller sums are always exact. */
  money: 'exact' | 'wan' | 'wanOver'
  /** The author's name under the text; the organisation's own when empty. */
  organ?: string | undefined
  /** The day under the text; the day of export when empty. */
  day?: string | undefined
}

export const usualSettings: SummarySettings = { percent: 'round', counts: 'exact', money: 'wanOver' }

export type SummaryState = 'draft' | 'submitted'

export const stateTitles: Record<SummaryState, string> = { draft: '草稿', submitted: '已上报' }

/** Whose summary it is and of when. */
export interface SummaryFrame {
  org: string
  period: string
  cutOff?: string | null | undefined
}

export const text = (content: string): TextRun => ({ type: 'text', text: content })

export const figure = (question: FigureSpec, wording?: Wording): FigureRun => ({
  type: 'figure',
  ref: newId(),
  question,
  ...(wording && { wording }),
})

export const paragraph = (runs: Run[], origin?: Origin): Paragraph => ({
  id: newId(),
  ...(origin && { origin }),
  runs,
})

/** The days that the summary speaks of. @throws invalid `period`, `cutOff` */
export const coveredBy = (frame: SummaryFrame): Period => cutAt(parsePeriod(frame.period), frame.cutOff)

/** The question of a figure with everything that the summary lends it. Stocks are looked at on its last day. */
export function questionOf(spec: FigureSpec, frame: SummaryFrame): FigureQuestion {
  const { measure, where, depth, org, period } = spec
  const { from, to } = coveredBy(frame)
  return {
    org: org ?? frame.org,
    measure,
    ...(depth && { depth }),
    ...(where && Object.keys(where).length > 0 && { where }),
    ...(period ?? { from, to }),
  }
}

export const figuresIn = (runs: Run[]): FigureRun[] => runs.filter((r) => r.type === 'figure')

/** Every figure of a text, in reading order. */
export const figuresOf = (body: Body): FigureRun[] =>
  body.sections.flatMap((s) => s.paragraphs.flatMap((p) => figuresIn(p.runs)))

/** Names that stand twice: a copied paragraph needs names of its own, or two figures become one. */
export function repeatedNames(body: Body): string[] {
  const paragraphs = body.sections.flatMap((s) => s.paragraphs.map((p) => p.id))
  const names = [...body.sections.map((s) => s.id), ...paragraphs, ...figuresOf(body).map((f) => f.ref)]
  return names.filter((name, i) => names.indexOf(name) !== i)
}

/** The words of a paragraph, its figures as they are displayed. */
export const wordsOf = (runs: Run[], displayOf: (ref: string) => string): string =>
  runs.map((r) => (r.type === 'text' ? r.text : displayOf(r.ref))).join('')

/** The sentence in which a figure stands, for lists of figures. */
export function sentenceOf(runs: Run[], ref: string, displayOf: (ref: string) => string): string {
  const at = runs.findIndex((r) => r.type === 'figure' && r.ref === ref)
  if (at < 0) return ''
  const before = wordsOf(runs.slice(0, at), displayOf)
  const after = wordsOf(runs.slice(at + 1), displayOf)
  const start = Math.max(...[...'。！？'].map((mark) => before.lastIndexOf(mark))) + 1
  const end = after.search(/[。！？]/)
  return before.slice(start) + displayOf(ref) + (end < 0 ? after : after.slice(0, end + 1))
}

/** Characters as word processors count them: each Chinese one and each run of Latin ones. */
export const lengthOf = (words: string): number =>
  (words.match(/[A-Za-z0-9.,%]+|[^\sA-Za-z0-9]/g) ?? []).length
