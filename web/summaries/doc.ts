/**
 * A summary's text as the editor holds it: one flat row of headings and paragraphs, in which figures are atoms. What
 * the editor does not know is kept in the nodes' attributes, so that reading a text and writing it back changes nothing.
 */

import type { Wording } from '../../domain/indicators/wording.ts'
import type {
  Body,
  FigureRun,
  FigureSpec,
  Origin,
  Paragraph,
  Run,
  Section,
} from '../../domain/reports/summaries/model.ts'

export interface HeadingAttrs {
  id: string
  level: 1 | 2 | 3
}

export interface ParagraphAttrs {
  id: string
  origin: Origin | null
  edited: boolean
}

export interface FigureAttrs {
  ref: string
  question: FigureSpec
  wording: Wording | null
}

export type InlineJson = { type: 'text'; text: string } | { type: 'figure'; attrs: FigureAttrs }

export type BlockJson =
  | { type: 'heading'; attrs: HeadingAttrs; content?: InlineJson[] }
  | { type: 'paragraph'; attrs: ParagraphAttrs; content?: InlineJson[] }

export interface DocJson {
  type: 'doc'
  content: BlockJson[]
}

/** The opening has no heading; its section's name is not in the editor. */
export const OPENING = 'opening'

/** The opening's name as the text has it. */
export function openingOf(body: Body): string {
  const [first] = body.sections
  return first && first.title === '' ? first.id : OPENING
}

export function docOf(body: Body): DocJson {
  const blocks = body.sections.flatMap((section, i) => [
    ...(i === 0 && section.title === '' ? [] : [headingJson(section)]),
    ...section.paragraphs.map(paragraphJson),
  ])
  return { type: 'doc', content: blocks.length > 0 ? blocks : [emptyParagraph] }
}

const emptyParagraph: BlockJson = { type: 'paragraph', attrs: { id: '', origin: null, edited: false } }

export const headingJson = ({ id, level, title }: Pick<Section, 'id' | 'level' | 'title'>): BlockJson => ({
  type: 'heading',
  attrs: { id, level },
  ...(title && { content: [{ type: 'text' as const, text: title }] }),
})

export const paragraphJson = ({ id, origin, edited, runs }: Paragraph): BlockJson => ({
  type: 'paragraph',
  attrs: { id, origin: origin ?? null, edited: edited ?? false },
  ...(runs.length > 0 && { content: runs.filter((r) => r.type === 'figure' || r.text).map(inlineJson) }),
})

const inlineJson = (run: Run): InlineJson =>
  run.type === 'text' ? { type: 'text', text: run.text } : figureJson(run)

export const figureJson = ({ ref, question, wording }: FigureRun): InlineJson => ({
  type: 'figure',
  attrs: { ref, question, wording: wording ?? null },
})

export const figureRun = ({ ref, question, wording }: FigureAttrs): FigureRun => ({
  type: 'figure',
  ref,
  question,
  ...(wording && { wording }),
})

export function bodyOf(doc: DocJson, opening: string): Body {
  const sections: Section[] = []
  for (const block of doc.content) {
    if (block.type === 'heading') {
      sections.push({ ...block.attrs, title: wordsIn(block.content), paragraphs: [] })
      continue
    }
    if (sections.length === 0) sections.push({ id: opening, level: 1, title: '', paragraphs: [] })
    sections.at(-1)?.paragraphs.push(paragraphOf(block.attrs, block.content ?? []))
  }
  return { sections }
}

const wordsIn = (content: InlineJson[] = []) => content.map((c) => (c.type === 'text' ? c.text : '')).join('')

const paragraphOf = ({ id, origin, edited }: ParagraphAttrs, content: InlineJson[]): Paragraph => ({
  id,
  ...(origin && { origin }),
  ...(edited && { edited }),
  runs: content.map((c) => (c.type === 'text' ? { type: 'text', text: c.text } : figureRun(c.attrs))),
})
