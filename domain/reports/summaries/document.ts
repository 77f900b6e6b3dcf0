/** The summary as an official document: what the .docx writer reads. */
import type * as gongwen from '../gongwen/model.ts'
import type { Body, Paragraph, Section, SummarySettings } from './model.ts'

export interface Printed {
  title: string
  body: Body
  settings: SummarySettings
  /** The organisation's name and today, where the settings name none. */
  orgName: string
  today: string
  displayOf: (ref: string) => string
}

const ANNEX_NAME = '数据佐证表'

export function documentOf(summary: Printed, withAnnex = false): gongwen.OfficialDocument {
  const opening = summary.body.sections.filter((s) => s.title === '')
  const headed = summary.body.sections.filter((s) => s.title !== '')
  return {
    title: summary.title,
    opening: opening.flatMap((s) => blocksOf(s.paragraphs, summary)),
    sections: nested(headed, summary),
    ...(withAnnex && { attachments: [ANNEX_NAME] }),
    signature: {
      organ: summary.settings.organ || summary.orgName,
      day: summary.settings.day ?? summary.today,
    },
  }
}

/** A flat list with levels becomes a tree; a level that skips one hangs under the nearest above it. */
function nested(sections: Section[], summary: Printed): gongwen.Section[] {
  const top: gongwen.Section[] = []
  const open: { level: number; children: gongwen.Section[] }[] = [{ level: 0, children: top }]
  for (const section of sections) {
    while ((open.at(-1)?.level ?? 0) >= section.level) open.pop()
    const made: gongwen.Section & { sections: gongwen.Section[] } = {
      heading: section.title,
      blocks: blocksOf(section.paragraphs, summary),
      sections: [],
    }
    open.at(-1)?.children.push(made)
    open.push({ level: section.level, children: made.sections })
  }
  return top
}

const blocksOf = (paragraphs: Paragraph[], { displayOf }: Printed): gongwen.Paragraph[] =>
  paragraphs
    .filter((p) => p.runs.length > 0)
    .map((p) => ({
      kind: 'paragraph',
      runs: p.runs.map((run) =>
        run.type === 'text' ? { text: run.text } : { text: displayOf(run.ref), figure: run.ref },
      ),
    }))
