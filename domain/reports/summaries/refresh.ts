/** What the ledgers would say today, held against the text. What was written by hand is never taken over unasked. */
import type { Change } from './contract.ts'
import { type Body, type Paragraph, type Run, type Section, wordsOf } from './model.ts'

type DisplayOf = (ref: string) => string

interface Placed {
  section: Section
  paragraph: Paragraph
  /** The paragraph before it in its section that also has an origin. */
  after: string | null
}

const keyOf = (p: Paragraph) => p.origin && `${p.origin.kind} ${p.origin.key}`

function placed(body: Body): Map<string, Placed> {
  const found = new Map<string, Placed>()
  for (const section of body.sections) {
    let after: string | null = null
    for (const paragraph of section.paragraphs) {
      const key = keyOf(paragraph)
      if (!key) continue
      found.set(key, { section, paragraph, after })
      after = key
    }
  }
  return found
}

/** The same words and questions, whatever the figures are called. */
const sameRuns = (a: Run[], b: Run[]) => JSON.stringify(a.map(nameless)) === JSON.stringify(b.map(nameless))

const nameless = (run: Run) =>
  run.type === 'text'
    ? run.text
    : [
        run.question.measure,
        Object.entries(run.question.where ?? {}).sort(),
        run.question.depth ?? '',
        run.question.org ?? '',
        run.question.period ?? '',
      ]

export interface Comparing {
  /** The text, and what would be drafted today. */
  body: Body
  fresh: Body
  displayOf: DisplayOf
  /** Only this paragraph. */
  paragraphId?: string | undefined
}

export function changesOf({ body, fresh, displayOf, paragraphId }: Comparing): Change[] {
  const [now, then] = [placed(fresh), placed(body)]
  const changes: Change[] = []
  for (const [key, { section, paragraph, after }] of now) {
    const held = then.get(key)
    if (!held) changes.push(added({ section, paragraph, after }, then, displayOf))
    else if (!sameRuns(held.paragraph.runs, paragraph.runs)) changes.push(changed(held, paragraph, displayOf))
  }
  for (const [key, held] of then) if (!now.has(key)) changes.push(gone(held, displayOf))
  return paragraphId ? changes.filter((c) => c.paragraphId === paragraphId) : changes
}

function added(
  { section, paragraph, after }: Placed,
  then: Map<string, Placed>,
  displayOf: DisplayOf,
): Change {
  return {
    kind: 'added',
    ...sectionOf(section),
    paragraphId: (after && then.get(after)?.paragraph.id) || null,
    paragraph,
    before: '',
    after: wordsOf(paragraph.runs, displayOf),
    edited: false,
  }
}

const changed = (held: Placed, paragraph: Paragraph, displayOf: DisplayOf): Change => ({
  kind: 'changed',
  ...sectionOf(held.section),
  paragraphId: held.paragraph.id,
  paragraph: { ...paragraph, id: held.paragraph.id },
  before: wordsOf(held.paragraph.runs, displayOf),
  after: wordsOf(paragraph.runs, displayOf),
  edited: held.paragraph.edited ?? false,
})

const gone = (held: Placed, displayOf: DisplayOf): Change => ({
  kind: 'gone',
  ...sectionOf(held.section),
  paragraphId: held.paragraph.id,
  paragraph: null,
  before: wordsOf(held.paragraph.runs, displayOf),
  after: '',
  edited: held.paragraph.edited ?? false,
})

const sectionOf = (section: Section) => ({
  sectionId: section.id,
  section: { title: section.title, level: section.level },
})
