/**
 * Two people wrote into the same text: both texts become one, paragraph by paragraph. Nothing that somebody wrote is
 * lost; where both changed the same paragraph, both versions stand one after the other.
 */
import type { Body, Paragraph, Run, Section } from '../../domain/reports/summaries/model.ts'
import { newId } from '../../kernel/id.ts'

type Heading = Omit<Section, 'paragraphs'>
type Block = { id: string; heading: Heading } | { id: string; paragraph: Paragraph }

export interface Merged {
  body: Body
  /** Paragraphs that both had changed: ids of the second versions. */
  twice: string[]
}

/** @param base what both began with */
export function merge(base: Body, mine: Body, theirs: Body): Merged {
  const [before, ours] = [byId(blocksOf(base)), byId(blocksOf(mine))]
  const twice: string[] = []
  const result: Block[] = []
  for (const block of blocksOf(theirs)) {
    const was = before.get(block.id)
    const own = ours.get(block.id)
    if (!own) {
      if (!was || !same(was, block)) result.push(block)
      continue
    }
    if (was && same(was, block)) result.push(own)
    else result.push(block)
    if (!same(own, block) && !(was && (same(was, own) || same(was, block)))) {
      const copy = copyOf(own)
      twice.push(copy.id)
      result.push(copy)
    }
  }
  return { body: bodyOf(withAdded(result, { before, mine: blocksOf(mine), twice })), twice }
}

interface Adding {
  before: Map<string, Block>
  mine: Block[]
  twice: string[]
}

/** What only I have: new, or changed by me and deleted by them. Each goes behind the block it followed. */
function withAdded(result: Block[], { before, mine, twice }: Adding): Block[] {
  const merged = [...result]
  let after: string | null = null
  for (const block of mine) {
    const at = merged.findIndex((b) => b.id === block.id)
    const was = before.get(block.id)
    if (at < 0 && (!was || !same(was, block))) {
      const place = after === null ? 0 : behind(merged, after, twice)
      merged.splice(place, 0, block)
    }
    if (merged.some((b) => b.id === block.id)) after = block.id
  }
  return merged
}

/** The place behind a block, and behind the second version of it. */
function behind(blocks: Block[], id: string, twice: string[]): number {
  const at = blocks.findIndex((b) => b.id === id) + 1
  return twice.includes(blocks[at]?.id ?? '') ? at + 1 : at
}

const blocksOf = (body: Body): Block[] =>
  body.sections.flatMap(({ paragraphs, ...heading }) => [
    { id: heading.id, heading },
    ...paragraphs.map((paragraph) => ({ id: paragraph.id, paragraph })),
  ])

const byId = (blocks: Block[]) => new Map(blocks.map((b) => [b.id, b]))
const same = (a: Block, b: Block) => JSON.stringify(said(a)) === JSON.stringify(said(b))

/** What a reader sees of it, whatever its figures are called. */
const said = (b: Block) =>
  'heading' in b
    ? [b.heading.level, b.heading.title]
    : b.paragraph.runs.map((r) => (r.type === 'text' ? r.text : [r.question, r.wording ?? null]))

function copyOf(block: Block): Block {
  const id = newId()
  const runs: Run[] =
    'heading' in block
      ? [{ type: 'text', text: block.heading.title }]
      : block.paragraph.runs.map((r) => (r.type === 'text' ? r : { ...r, ref: newId() }))
  return { id, paragraph: { id, edited: true, runs } }
}

function bodyOf(blocks: Block[]): Body {
  const sections: Section[] = []
  for (const block of blocks) {
    if ('heading' in block) sections.push({ ...block.heading, paragraphs: [] })
    else if (sections.length === 0)
      sections.push({ id: newId(), level: 1, title: '', paragraphs: [block.paragraph] })
    else sections.at(-1)?.paragraphs.push(block.paragraph)
  }
  return { sections }
}
