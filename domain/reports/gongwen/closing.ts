/** A page that holds nothing but the signature is not allowed: the last paragraph goes along with it. */
import type { Block, OfficialDocument, Section } from './model.ts'
import { CHARS_PER_LINE } from './page.ts'
import { widthOf } from './title.ts'

/** Word would take the last lines along only, but others move a held paragraph whole: a long one leaves a gap. */
const MOST_HELD = 8 * CHARS_PER_LINE

/** The same document whose very last paragraph keeps with what follows, unless it is a long one or a table. */
export function heldTogether(document: OfficialDocument): OfficialDocument {
  if (document.sections.length === 0) return { ...document, opening: lastKept(document.opening) }
  return { ...document, sections: lastHeld(document.sections) }
}

const lastHeld = (sections: Section[]): Section[] =>
  sections.map((section, i) => (i === sections.length - 1 ? held(section) : section))

const held = (section: Section): Section =>
  section.sections?.length
    ? { ...section, sections: lastHeld(section.sections) }
    : { ...section, blocks: lastKept(section.blocks) }

const lastKept = (blocks: Block[]): Block[] =>
  blocks.map((block, i) =>
    i === blocks.length - 1 && holdable(block) ? { ...block, keepNext: true } : block,
  )

const holdable = (block: Block): boolean =>
  block.kind === 'paragraph' && widthOf(block.runs.map((run) => run.text).join('')) <= MOST_HELD
